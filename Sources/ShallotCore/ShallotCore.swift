// ShallotCore
