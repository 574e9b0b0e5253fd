import BaseKit
import CSecret
import SodiumKit

/// libsecret's blocking calls with Swift errors. Made, used and dropped on one thread.
struct KeyringService {
    private let cancellable: Cancellable

    init(_ cancellable: Cancellable) { self.cancellable = cancellable }

    func load(_ entry: KeyringEntry) throws(KeyringError) -> SecretBytes? {
        let service = try open(SECRET_SERVICE_OPEN_SESSION)
        defer { g_object_unref(service) }
        // Searching does not unlock, so it never asks the person for anything.
        let found = try entry.with { schema, attributes throws(KeyringError) in
            try check { error in
                secret_service_search_sync(
                    service, schema, attributes, SECRET_SEARCH_LOAD_SECRETS, cancellable.pointer, error)
            }
        }
        defer { g_list_free_full(found) { g_object_unref($0) } }
        guard let first = found?.pointee.data else {
            if try hidesEntries(service) { throw .locked }
            return nil
        }
        let item = first.assumingMemoryBound(to: SecretItem.self)
        guard secret_item_get_locked(item) == 0 else { throw .locked }
        guard let value = secret_item_get_secret(item) else { throw .malformed }
        defer { secret_value_unref(UnsafeMutableRawPointer(value)) }
        return try secret(in: value)
    }

    func store(_ secret: SecretBytes, as entry: KeyringEntry) throws(KeyringError) {
        let service = try open(SECRET_SERVICE_OPEN_SESSION)
        defer { g_object_unref(service) }
        let collection = try defaultCollection(of: service)
        defer { g_object_unref(collection) }
        guard secret_collection_get_locked(collection) == 0 else { throw .locked }
        // Text, as some key rings show or move entries as text.
        var text = Array(secret.copyBytes().base64.utf8)
        defer { Sodium.wipe(&text) }
        let value = text.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: gchar.self) { secret_value_new($0.baseAddress, $0.count, "text/plain") }
        }
        defer { secret_value_unref(value.map(UnsafeMutableRawPointer.init)) }
        let item = try entry.with { schema, attributes throws(KeyringError) in
            try check { error in
                secret_item_create_sync(
                    collection, schema, attributes, KeyringEntry.label, value, SECRET_ITEM_CREATE_REPLACE,
                    cancellable.pointer, error)
            }
        }
        if let item { g_object_unref(item) }
    }

    func delete(_ entry: KeyringEntry) throws(KeyringError) {
        let service = try open(SECRET_SERVICE_NONE)
        defer { g_object_unref(service) }
        if try hidesEntries(service) { throw .locked }
        _ = try entry.with { schema, attributes throws(KeyringError) in
            try check { error in
                secret_service_clear_sync(service, schema, attributes, cancellable.pointer, error)
            }
        }
    }

    func unlock() throws(KeyringError) {
        let service = try open(SECRET_SERVICE_OPEN_SESSION)
        defer { g_object_unref(service) }
        let collection = try defaultCollection(of: service)
        defer { g_object_unref(collection) }
        guard secret_collection_get_locked(collection) != 0 else { return }
        let list = g_list_append(nil, collection)
        defer { g_list_free(list) }
        let count = try check { error in
            secret_service_unlock_sync(service, list, cancellable.pointer, nil, error)
        }
        guard count > 0 else { throw .locked }
    }

    private func open(_ flags: SecretServiceFlags) throws(KeyringError) -> UnsafeMutablePointer<CSecret.SecretService> {
        let service = try check { secret_service_get_sync(flags, cancellable.pointer, $0) }
        guard let service else { throw .unavailable }
        return service
    }

    /// The collection that new entries go to. Making one would open a dialog, so without one the key ring is locked to us.
    private func defaultCollection(
        of service: UnsafeMutablePointer<CSecret.SecretService>
    ) throws(KeyringError) -> UnsafeMutablePointer<SecretCollection> {
        let collection = try check { error in
            secret_collection_for_alias_sync(
                service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, cancellable.pointer, error)
        }
        guard let collection else { throw .locked }
        return collection
    }

    /// Whether "nothing found" means nothing: gnome-keyring, when it was started locked, does not know its entries yet.
    private func hidesEntries(_ service: UnsafeMutablePointer<CSecret.SecretService>) throws(KeyringError) -> Bool {
        let collection = try check { error in
            secret_collection_for_alias_sync(
                service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, cancellable.pointer, error)
        }
        guard let collection else { return false }
        defer { g_object_unref(collection) }
        return secret_collection_get_locked(collection) != 0
    }

    private func secret(in value: OpaquePointer) throws(KeyringError) -> SecretBytes {
        var length: gsize = 0
        guard let start = secret_value_get(value, &length), length > 0, length <= Keyring.sizeLimit else {
            throw .malformed
        }
        let text = UnsafeBufferPointer(start: start, count: Int(length)).map { UInt8(bitPattern: $0) }
        guard let bytes = [UInt8](base64: String(decoding: text, as: UTF8.self)), !bytes.isEmpty else {
            throw .malformed
        }
        return SecretBytes(bytes)
    }

    /// Turns a `GError` into ours.
    private func check<Result>(
        _ call: (UnsafeMutablePointer<UnsafeMutablePointer<GError>?>) -> Result
    ) throws(KeyringError) -> Result {
        var error: UnsafeMutablePointer<GError>?
        let result = call(&error)
        guard let error else { return result }
        defer { g_error_free(error) }
        throw KeyringError(error.pointee)
    }
}

extension KeyringError {
    fileprivate init(_ error: GError) {
        switch error.domain {
        case g_io_error_quark() where error.code == Int32(G_IO_ERROR_CANCELLED.rawValue),
            g_io_error_quark() where error.code == Int32(G_IO_ERROR_TIMED_OUT.rawValue):
            self = .timedOut
        // Everything else that GIO or D-Bus report means that nobody could be talked to.
        case g_io_error_quark(), g_dbus_error_quark(): self = .unavailable
        case secret_error_get_quark() where error.code == Int32(SECRET_ERROR_IS_LOCKED.rawValue): self = .locked
        default: self = .other(domain: String(cString: g_quark_to_string(error.domain)), code: error.code)
        }
    }
}
