# Sourced: extract FILE writes all translatable strings, without dates and line numbers, so that it can be compared.
extract() {
    local out=$1 code ui
    code=$(mktemp) ui=$(mktemp)
    git ls-files --cached --others --exclude-standard 'Sources/ShallotModels/*.swift' 'Sources/Shallot/*.swift' | sort |
        xgettext --files-from=- --language=C --from-code=UTF-8 --keyword= --keyword=tr --keyword=trn:1,2 --keyword=trc:1c,2 \
            --no-location --sort-output --omit-header --output="$code"
    git ls-files --cached --others --exclude-standard 'Resources/*.ui' 'data/*.desktop' | sort |
        { grep '\.ui$' || true; } | xgettext --files-from=- --language=Glade --from-code=UTF-8 --no-location --sort-output \
        --omit-header --output="$ui"
    {
        printf 'msgid ""\nmsgstr ""\n"Project-Id-Version: shallot\\n"\n"MIME-Version: 1.0\\n"\n'
        printf '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
        [ -s "$code" ] || [ -s "$ui" ] && msgcat --no-location --sort-output --use-first "$code" "$ui"
    } >"$out"
    rm -f "$code" "$ui"
}
