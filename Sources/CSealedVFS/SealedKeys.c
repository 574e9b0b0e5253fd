// Which database path has which key.
#include "SealedKeys.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { kinds = 3, subkey_bytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES, check_purpose = 16 };
_Static_assert(SEALED_VFS_KEY_BYTES == crypto_kdf_KEYBYTES, "the key is a key derivation key");

struct SealedKey {
    SealedKey *next;
    int references;
    char *path;
    unsigned char *subkeys;  // kinds × subkey_bytes, from sodium_malloc: locked in memory, wiped when freed
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static SealedKey *first;
static const char context[crypto_kdf_CONTEXTBYTES + 1] = "shallotd";

void sealed_keys_lock(void) { pthread_mutex_lock(&mutex); }
void sealed_keys_unlock(void) { pthread_mutex_unlock(&mutex); }

int sealed_vfs_add_key(const char *path, const unsigned char key[SEALED_VFS_KEY_BYTES], SealedKey **out) {
    int result = sealed_vfs_register();
    if (result) return result;
    sqlite3_vfs *vfs = sqlite3_vfs_find(SEALED_VFS_NAME);
    SealedKey *entry = calloc(1, sizeof *entry);
    char *full = vfs ? malloc((size_t)vfs->mxPathname + 1) : NULL;
    if (entry) entry->subkeys = sodium_malloc(kinds * subkey_bytes);
    if (!entry || !full || !entry->subkeys) {
        result = SQLITE_NOMEM;
    } else {
        // SQLite hands the full form of a name to the VFS, with symbolic links resolved.
        result = vfs->xFullPathname(vfs, path, vfs->mxPathname + 1, full) & 0xff;
        if (result == (SQLITE_OK_SYMLINK & 0xff)) result = SQLITE_OK;
    }
    if (result) {
        if (entry) sodium_free(entry->subkeys);
        free(entry);
        free(full);
        return result;
    }
    for (int kind = 0; kind < kinds; kind++)
        crypto_kdf_derive_from_key(entry->subkeys + kind * subkey_bytes, subkey_bytes, (uint64_t)kind + 1, context, key);
    entry->path = full;
    entry->references = 1;
    sealed_keys_lock();
    entry->next = first;
    first = entry;
    sealed_keys_unlock();
    *out = entry;
    return SQLITE_OK;
}

void sealed_vfs_remove_key(SealedKey *key) {
    sealed_keys_lock();
    for (SealedKey **link = &first; *link; link = &(*link)->next) {
        if (*link != key) continue;
        *link = key->next;
        break;
    }
    sealed_keys_unlock();
    sealed_key_release(key);
}

SealedKey *sealed_key_retain(const char *path, const char *suffix) {
    size_t length = strlen(path), cut = strlen(suffix);
    if (length <= cut || strcmp(path + length - cut, suffix) != 0) return NULL;
    length -= cut;
    sealed_keys_lock();
    SealedKey *key = first;
    while (key && (strncmp(key->path, path, length) != 0 || key->path[length] != 0)) key = key->next;
    if (key) key->references++;
    sealed_keys_unlock();
    return key;
}

void sealed_key_release(SealedKey *key) {
    sealed_keys_lock();
    int left = --key->references;
    sealed_keys_unlock();
    if (left) return;
    sodium_free(key->subkeys);
    free(key->path);
    free(key);
}

const unsigned char *sealed_key_for(const SealedKey *key, int kind) { return key->subkeys + (kind - 1) * subkey_bytes; }

void sealed_vfs_check(const unsigned char key[SEALED_VFS_KEY_BYTES], const unsigned char salt[SEALED_VFS_SALT_BYTES],
                      unsigned char out[SEALED_VFS_CHECK_BYTES]) {
    unsigned char subkey[crypto_auth_KEYBYTES];
    crypto_kdf_derive_from_key(subkey, sizeof subkey, check_purpose, context, key);
    crypto_generichash(out, SEALED_VFS_CHECK_BYTES, salt, SEALED_VFS_SALT_BYTES, subkey, sizeof subkey);
    sodium_memzero(subkey, sizeof subkey);
}
