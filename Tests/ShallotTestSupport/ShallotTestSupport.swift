// What the tests of all targets share.
