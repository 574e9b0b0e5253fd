// ShallotModels
