#pragma once
#include <sqlite3.h>

/// A SQLite virtual file system that seals every page of a database, its write-ahead log and its rollback journal.
///
/// Layout of a page (4096 bytes) on disk:
///
///     0 ..< 4056     XChaCha20-Poly1305-IETF ciphertext of SQLite's page
///     4056 ..< 4080  random nonce, new at each write
///     4080 ..< 4096  tag
///
/// SQLite keeps its last 40 bytes free (`sealed_vfs_prepare`) and sees zeros there. Sizes and offsets of all files stay
/// SQLite's own, so truncation, locks and shared memory pass through to the system's VFS.
///
/// The associated data of a page names the place it belongs to: the kind of file, the page number (database) or the
/// offset (log, journal), and what SQLite wrote before the page there: page number and size after commit of a log frame,
/// page number of a journal record. A page put anywhere else, or into another frame, does not open.
///
/// Not sealed: the size and time of files, page numbers and checksums in the frame headers of the log (64 linear bits
/// of the plain page; the log is emptied when the store closes), and the shared-memory index (page numbers and the last
/// such checksum). Not detected: an old state put back in its place, page by page or as a set of files; a log or a rollback
/// journal cut short on purpose (SQLite cannot tell that from a crash).

/// The name to give as `vfs=` in a database URI.
#define SEALED_VFS_NAME "sealed"
/// Bytes of a database key.
#define SEALED_VFS_KEY_BYTES 32
/// Bytes of the salt of a key check.
#define SEALED_VFS_SALT_BYTES 16
/// Bytes of a key check.
#define SEALED_VFS_CHECK_BYTES 32
/// Bytes of a page, of which the last `SEALED_VFS_RESERVED_BYTES` are SQLite's to leave alone.
#define SEALED_VFS_PAGE_BYTES 4096
#define SEALED_VFS_RESERVED_BYTES 40

/// The key of one database path. It lives until it is removed and the last file opened with it is closed.
typedef struct SealedKey SealedKey;

/// Makes the VFS known to SQLite, not as the default one: other users of SQLite in this process are not touched.
/// May be called any number of times, from any thread. Returns a SQLite result code.
int sealed_vfs_register(void);

/// Lends `key` to the database at `path` and its log and journal. Of several keys for one path the newest counts.
/// Paths without a key cannot be opened at all (nothing is ever written in the clear), nor can temporary files.
/// Returns a SQLite result code; on success `*out` must be given back with `sealed_vfs_remove_key`.
int sealed_vfs_add_key(const char *path, const unsigned char key[SEALED_VFS_KEY_BYTES], SealedKey **out);

/// Forgets a key: no more files open with it. Its bytes are wiped when the last open file is closed.
void sealed_vfs_remove_key(SealedKey *key);

/// To be called on a new connection before anything is read or written: makes sure that the main database really is
/// under this VFS, reserves the bytes at the end of each page and keeps temporary data in memory.
/// Returns `SQLITE_MISUSE` when the connection uses another VFS.
int sealed_vfs_prepare(sqlite3 *connection);

/// A keyed fingerprint that tells whether a key is the one a database was made with, without opening the database.
void sealed_vfs_check(const unsigned char key[SEALED_VFS_KEY_BYTES], const unsigned char salt[SEALED_VFS_SALT_BYTES],
                      unsigned char out[SEALED_VFS_CHECK_BYTES]);
