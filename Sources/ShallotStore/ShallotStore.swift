// ShallotStore
