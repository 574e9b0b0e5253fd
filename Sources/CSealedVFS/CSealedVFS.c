// The sealed VFS. CSealedVFS.h says what it does; this file has two halves: keys (SealedKeys.c has them) and the io
// methods, in the order in which SQLite meets them. Everything goes through SQLite's public API.
#include "CSealedVFS.h"
#include "SealedKeys.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>

enum {
    page_bytes = SEALED_VFS_PAGE_BYTES,
    reserved_bytes = SEALED_VFS_RESERVED_BYTES,
    body_bytes = page_bytes - reserved_bytes,
    nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    // https://www.sqlite.org/fileformat.html §4.1, §4.2 (log) and §3 (journal)
    log_header_bytes = 32,
    frame_header_bytes = 24,
    frame_bytes = frame_header_bytes + page_bytes,
    frame_bound_bytes = 8,      // page number, size after commit; salts and checksums are filled in later at times
    journal_bound_bytes = 4,    // page number
    journal_small_bytes = 512,  // a header sector, as devices with powersafe overwrite have it
};
_Static_assert(nonce_bytes + crypto_aead_xchacha20poly1305_ietf_ABYTES == reserved_bytes, "nonce and tag fill the rest");

/// One open file: ours in front, the system's behind.
typedef struct SealedFile {
    sqlite3_file base;
    SealedKey *key;
    sqlite3_int64 kind;
    /// Where the last few plain bytes were written, and which: the head that the next page is bound to.
    sqlite3_int64 head_offset;
    unsigned char head[frame_header_bytes];
    unsigned char block[frame_bytes];
} SealedFile;

static sqlite3_file *inner(sqlite3_file *file) { return (sqlite3_file *)((SealedFile *)file + 1); }

// ── Sealing ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/// The associated data: kind, place, and up to 16 bytes that SQLite wrote in front of the page.
typedef struct Place {
    unsigned char bytes[32];
} Place;

static Place place(const SealedFile *file, sqlite3_int64 position, const unsigned char *bound, int count) {
    Place result = {{0}};
    result.bytes[0] = (unsigned char)file->kind;
    for (int i = 0; i < 8; i++) result.bytes[8 + i] = (unsigned char)(position >> (56 - 8 * i));
    if (count) memcpy(result.bytes + 16, bound, (size_t)count);
    return result;
}

/// Seals `page` into `file->block`. Refuses a page that uses the reserved bytes, as they would be lost.
static int seal(SealedFile *file, const unsigned char *page, Place where) {
    if (!sodium_is_zero(page + body_bytes, reserved_bytes)) return SQLITE_IOERR_WRITE;
    unsigned char *nonce = file->block + body_bytes;
    randombytes_buf(nonce, nonce_bytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt_detached(
        file->block, nonce + nonce_bytes, NULL, page, body_bytes, where.bytes, sizeof where.bytes, NULL, nonce,
        sealed_key_for(file->key, (int)file->kind));
    return SQLITE_OK;
}

/// Opens `sealed` into `page` (which may be the same) and puts zeros into its reserved bytes. Returns 0 on success.
static int unseal(SealedFile *file, unsigned char *page, const unsigned char *sealed, Place where) {
    const unsigned char *nonce = sealed + body_bytes;
    int failed = crypto_aead_xchacha20poly1305_ietf_decrypt_detached(
        page, NULL, sealed, body_bytes, nonce + nonce_bytes, where.bytes, sizeof where.bytes, nonce,
        sealed_key_for(file->key, (int)file->kind));
    if (!failed) memset(page + body_bytes, 0, reserved_bytes);
    return failed;
}

/// Writes through. A quota and a size limit are a full disk to whoever has to explain it.
static int write_inner(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset) {
    errno = 0;
    int result = inner(file)->pMethods->xWrite(inner(file), bytes, count, offset);
    if (result == SQLITE_IOERR_WRITE && (errno == EDQUOT || errno == EFBIG || errno == ENOSPC)) return SQLITE_FULL;
    return result;
}

static int read_inner(sqlite3_file *file, void *bytes, int count, sqlite3_int64 offset) {
    return inner(file)->pMethods->xRead(inner(file), bytes, count, offset);
}

/// Fetches the `count` bytes in front of a page: from memory if they were the last thing written, else from the file.
static int bound_bytes(SealedFile *file, sqlite3_int64 offset, int count, unsigned char *out) {
    if (file->head_offset != offset) return read_inner(&file->base, out, count, offset);
    memcpy(out, file->head, (size_t)count);
    return SQLITE_OK;
}

static void remember(SealedFile *file, const void *bytes, int count, sqlite3_int64 offset, int wanted) {
    file->head_offset = count == wanted ? offset : -1;
    if (count == wanted) memcpy(file->head, bytes, (size_t)count);
}

// ── The database itself: whole pages, numbered from 1 ───────────────────────────────────────────────────────────────

static int write_database(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset) {
    SealedFile *file = (SealedFile *)base;
    if (count != page_bytes || offset % page_bytes) return SQLITE_IOERR_WRITE;
    int result = seal(file, bytes, place(file, offset / page_bytes + 1, NULL, 0));
    return result ? result : write_inner(base, file->block, page_bytes, offset);
}

/// What SQLite needs in order to go on to the log when page 1 is torn: a database header without content.
/// A crash in the middle of a checkpoint leaves page 1 half written while the log still has it whole.
static void bare_header(unsigned char *page) {
    memset(page, 0, page_bytes);
    memcpy(page, "SQLite format 3", 16);
    page[16] = page_bytes >> 8;
    page[18] = page[19] = 2;
    page[20] = reserved_bytes;
    page[21] = 64, page[22] = 32, page[23] = 32;
}

/// Whole pages, or a part of one: SQLite looks at the first 100 bytes when it opens, and at 16 bytes from 24 on.
static int read_database(sqlite3_file *base, void *bytes, int count, sqlite3_int64 offset) {
    SealedFile *file = (SealedFile *)base;
    sqlite3_int64 start = offset - offset % page_bytes;
    int skip = (int)(offset - start);
    if (count > page_bytes - skip) return SQLITE_IOERR_READ;
    int result = read_inner(base, file->block, page_bytes, start);
    if (result == SQLITE_IOERR_SHORT_READ) memset(bytes, 0, (size_t)count);
    if (result) return result;
    if (unseal(file, file->block, file->block, place(file, start / page_bytes + 1, NULL, 0))) {
        if (offset || count == page_bytes) return SQLITE_IOERR_DATA;
        bare_header(file->block);
    }
    memcpy(bytes, file->block + skip, (size_t)count);
    return SQLITE_OK;
}

// ── The write-ahead log: a header, then frames of a 24-byte head and a page ─────────────────────────────────────────

static int is_frame(sqlite3_int64 offset) { return offset >= log_header_bytes && (offset - log_header_bytes) % frame_bytes == 0; }

static int write_log(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset) {
    SealedFile *file = (SealedFile *)base;
    sqlite3_int64 head = offset - frame_header_bytes;
    if (count == page_bytes && is_frame(head)) {
        unsigned char bound[frame_bound_bytes];
        int result = bound_bytes(file, head, frame_bound_bytes, bound);
        if (!result) result = seal(file, bytes, place(file, offset, bound, frame_bound_bytes));
        return result ? result : write_inner(base, file->block, page_bytes, offset);
    }
    int plain = (offset == 0 && count == log_header_bytes) || (is_frame(offset) && count == frame_header_bytes);
    if (!plain) return SQLITE_IOERR_WRITE;
    remember(file, bytes, count, offset, frame_header_bytes);
    return write_inner(base, bytes, count, offset);
}

/// A page of the log, a whole frame (recovery reads those), or part of a header. A frame that does not open is where the
/// log was torn, so recovery has to find it broken: it gets bytes that nobody can have made a checksum for.
static int read_log(sqlite3_file *base, void *bytes, int count, sqlite3_int64 offset) {
    SealedFile *file = (SealedFile *)base;
    unsigned char *block = file->block;
    if (count == frame_bytes && is_frame(offset)) {
        int result = read_inner(base, bytes, count, offset);
        if (result) return result;
        unsigned char *page = (unsigned char *)bytes + frame_header_bytes;
        Place where = place(file, offset + frame_header_bytes, bytes, frame_bound_bytes);
        if (unseal(file, page, page, where)) randombytes_buf(page, page_bytes);
        return SQLITE_OK;
    }
    if (count == page_bytes && is_frame(offset - frame_header_bytes)) {
        int result = read_inner(base, block, frame_bytes, offset - frame_header_bytes);
        if (result == SQLITE_IOERR_SHORT_READ) memset(bytes, 0, (size_t)count);
        if (result) return result;
        Place where = place(file, offset, block, frame_bound_bytes);
        return unseal(file, bytes, block + frame_header_bytes, where) ? SQLITE_IOERR_DATA : SQLITE_OK;
    }
    return count <= log_header_bytes ? read_inner(base, bytes, count, offset) : SQLITE_IOERR_READ;
}

// ── The rollback journal: header sectors of 512 bytes, then records of page number, page, checksum ──────────────────
// Shallot runs in WAL mode; a journal exists only for the moment in which a new database is made.

static int write_journal(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset) {
    SealedFile *file = (SealedFile *)base;
    if (count == page_bytes && offset >= journal_bound_bytes) {
        unsigned char bound[journal_bound_bytes];
        int result = bound_bytes(file, offset - journal_bound_bytes, journal_bound_bytes, bound);
        if (!result) result = seal(file, bytes, place(file, offset, bound, journal_bound_bytes));
        return result ? result : write_inner(base, file->block, page_bytes, offset);
    }
    if (count > journal_small_bytes) return SQLITE_IOERR_WRITE;
    remember(file, bytes, count, offset, journal_bound_bytes);
    return write_inner(base, bytes, count, offset);
}

/// A record that does not open is damage, not a torn end: SQLite counts only records that were synced. Ending the
/// rollback there would leave half of a transaction in the database.
static int read_journal(sqlite3_file *base, void *bytes, int count, sqlite3_int64 offset) {
    SealedFile *file = (SealedFile *)base;
    unsigned char *block = file->block;
    if (count == page_bytes && offset >= journal_bound_bytes) {
        int result = read_inner(base, block, journal_bound_bytes + page_bytes, offset - journal_bound_bytes);
        if (result == SQLITE_IOERR_SHORT_READ) memset(bytes, 0, (size_t)count);
        if (result) return result;
        Place where = place(file, offset, block, journal_bound_bytes);
        return unseal(file, bytes, block + journal_bound_bytes, where) ? SQLITE_IOERR_DATA : SQLITE_OK;
    }
    return count <= journal_small_bytes ? read_inner(base, bytes, count, offset) : SQLITE_IOERR_READ;
}

// ── What every file has ─────────────────────────────────────────────────────────────────────────────────────────────

static int do_read(sqlite3_file *base, void *bytes, int count, sqlite3_int64 offset) {
    switch (((SealedFile *)base)->kind) {
    case sealed_database: return read_database(base, bytes, count, offset);
    case sealed_log: return read_log(base, bytes, count, offset);
    default: return read_journal(base, bytes, count, offset);
    }
}

static int do_write(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 offset) {
    switch (((SealedFile *)base)->kind) {
    case sealed_database: return write_database(base, bytes, count, offset);
    case sealed_log: return write_log(base, bytes, count, offset);
    default: return write_journal(base, bytes, count, offset);
    }
}

static int do_close(sqlite3_file *base) {
    SealedFile *file = (SealedFile *)base;
    int result = inner(base)->pMethods->xClose(inner(base));
    sealed_key_release(file->key);
    sodium_memzero(file->block, sizeof file->block);
    return result;
}

static int do_truncate(sqlite3_file *base, sqlite3_int64 size) {
    ((SealedFile *)base)->head_offset = -1;
    return inner(base)->pMethods->xTruncate(inner(base), size);
}

static int do_sync(sqlite3_file *base, int flags) { return inner(base)->pMethods->xSync(inner(base), flags); }
static int do_size(sqlite3_file *base, sqlite3_int64 *size) { return inner(base)->pMethods->xFileSize(inner(base), size); }
static int do_lock(sqlite3_file *base, int level) { return inner(base)->pMethods->xLock(inner(base), level); }
static int do_unlock(sqlite3_file *base, int level) { return inner(base)->pMethods->xUnlock(inner(base), level); }
static int do_check_lock(sqlite3_file *base, int *out) {
    return inner(base)->pMethods->xCheckReservedLock(inner(base), out);
}

static int do_control(sqlite3_file *base, int operation, void *argument) {
    switch (operation) {
    case SQLITE_FCNTL_MMAP_SIZE:  // mapped pages would bypass us
        *(sqlite3_int64 *)argument = 0;
        return SQLITE_OK;
    case SQLITE_FCNTL_CHUNK_SIZE:  // would grow the file by pages that were never sealed
        return SQLITE_OK;
    case SQLITE_FCNTL_VFSNAME:
        *(char **)argument = sqlite3_mprintf("%s", SEALED_VFS_NAME);
        return SQLITE_OK;
    default: return inner(base)->pMethods->xFileControl(inner(base), operation, argument);
    }
}

static int do_sector_size(sqlite3_file *base) { return inner(base)->pMethods->xSectorSize(inner(base)); }

/// Powersafe overwrite keeps SQLite from padding or splitting frames at sector borders. Atomic writes are not promised.
static int do_characteristics(sqlite3_file *base) {
    (void)base;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int do_shm_map(sqlite3_file *base, int region, int size, int extend, void volatile **out) {
    return inner(base)->pMethods->xShmMap(inner(base), region, size, extend, out);
}
static int do_shm_lock(sqlite3_file *base, int offset, int count, int flags) {
    return inner(base)->pMethods->xShmLock(inner(base), offset, count, flags);
}
static void do_shm_barrier(sqlite3_file *base) { inner(base)->pMethods->xShmBarrier(inner(base)); }
static int do_shm_unmap(sqlite3_file *base, int delete) {
    return inner(base)->pMethods->xShmUnmap(inner(base), delete);
}

/// Version 2: shared memory for the log's index, but no memory-mapped pages (those came with version 3).
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = do_close, .xRead = do_read, .xWrite = do_write, .xTruncate = do_truncate, .xSync = do_sync,
    .xFileSize = do_size, .xLock = do_lock, .xUnlock = do_unlock, .xCheckReservedLock = do_check_lock,
    .xFileControl = do_control, .xSectorSize = do_sector_size, .xDeviceCharacteristics = do_characteristics,
    .xShmMap = do_shm_map, .xShmLock = do_shm_lock, .xShmBarrier = do_shm_barrier, .xShmUnmap = do_shm_unmap,
};

/// Opens databases that have a key, their logs and journals, and nothing else: whatever SQLite wants to put elsewhere
/// (temporary files, a copy outside, journals over several databases) would be plain text on disk.
static int do_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *out_flags) {
    sqlite3_vfs *system = vfs->pAppData;
    SealedFile *file = (SealedFile *)base;
    memset(file, 0, sizeof *file);
    file->head_offset = -1;
    const char *suffix = "";
    switch (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) {
    case SQLITE_OPEN_MAIN_DB: file->kind = sealed_database; break;
    case SQLITE_OPEN_WAL: file->kind = sealed_log, suffix = "-wal"; break;
    case SQLITE_OPEN_MAIN_JOURNAL: file->kind = sealed_journal, suffix = "-journal"; break;
    default: return SQLITE_CANTOPEN;
    }
    if (!path || !(file->key = sealed_key_retain(path, suffix))) return SQLITE_CANTOPEN;
    int result = system->xOpen(system, path, inner(base), flags, out_flags);
    if (result) {
        if (inner(base)->pMethods) inner(base)->pMethods->xClose(inner(base));
        sealed_key_release(file->key);
        return result;
    }
    file->base.pMethods = &methods;
    return SQLITE_OK;
}

// ── Registration ────────────────────────────────────────────────────────────────────────────────────────────────────

int sealed_vfs_register(void) {
    static sqlite3_vfs vfs;
    if (sodium_init() < 0) return SQLITE_ERROR;
    int result = sqlite3_initialize();
    if (result) return result;
    sealed_keys_lock();
    if (!vfs.zName) {
        sqlite3_vfs *system = sqlite3_vfs_find("unix");
        if (!system) {
            sealed_keys_unlock();
            return SQLITE_ERROR;
        }
        vfs = *system;
        vfs.szOsFile = (int)sizeof(SealedFile) + system->szOsFile;
        vfs.zName = SEALED_VFS_NAME;
        vfs.pNext = NULL;
        vfs.pAppData = system;
        vfs.xOpen = do_open;
    }
    result = sqlite3_vfs_register(&vfs, 0);
    sealed_keys_unlock();
    return result;
}

int sealed_vfs_prepare(sqlite3 *connection) {
    char *name = NULL;
    int result = sqlite3_file_control(connection, "main", SQLITE_FCNTL_VFSNAME, &name);
    int isOurs = !result && name && strcmp(name, SEALED_VFS_NAME) == 0;
    sqlite3_free(name);
    if (!isOurs) return SQLITE_MISUSE;
    int reserve = SEALED_VFS_RESERVED_BYTES;
    result = sqlite3_file_control(connection, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve);
    if (!result) result = sqlite3_exec(connection, "PRAGMA temp_store = MEMORY", NULL, NULL, NULL);
    return result;
}
