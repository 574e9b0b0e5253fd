# Sourced: extract FILE writes all translatable strings, without dates and line numbers, so that it can be compared.
extract() {
    local out=$1 code ui
    code=$(mktemp) ui=$(mktemp)
    git ls-files --cached --others --exclude-standard 'Sources/ShallotModels/*.swift' 'Sources/Shallot/*.swift' | sort |
        xgettext --files-from=- --language=C --from-code=UTF-8 --keyword= --keyword=tr --keyword=trn:1,2 --keyword=trc:1c,2 \
            --no-location --sort-output --output=- | sed 's/charset=CHARSET/charset=UTF-8/' >"$code"
    git ls-files --cached --others --exclude-standard 'Resources/*.ui' | sort |
        xgettext --files-from=- --language=Glade --from-code=UTF-8 --no-location --sort-output --output=- |
        sed 's/charset=CHARSET/charset=UTF-8/' >"$ui"
    {
        printf 'msgid ""\nmsgstr ""\n"Project-Id-Version: shallot\\n"\n"MIME-Version: 1.0\\n"\n'
        printf '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
        # Without the header of the tool, which holds a date.
        msgcat --no-location --sort-output --use-first "$code" "$ui" | sed '1,/^$/d'
    } >"$out"
    rm -f "$code" "$ui"
}
