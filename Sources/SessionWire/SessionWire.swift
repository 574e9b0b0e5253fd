// SessionWire
