#pragma once
#include "CSealedVFS.h"

/// The kinds of files that are sealed, each under a key of its own derived from the database's.
enum { sealed_database = 1, sealed_log = 2, sealed_journal = 3 };

void sealed_keys_lock(void);
void sealed_keys_unlock(void);

/// The key for the database whose name is `path` without `suffix`, one reference more; NULL when there is none.
SealedKey *sealed_key_retain(const char *path, const char *suffix);
/// Gives a reference back; the last one wipes the key.
void sealed_key_release(SealedKey *key);
/// The 32 bytes for one kind of file.
const unsigned char *sealed_key_for(const SealedKey *key, int kind);
