// SecretKit
