#!/bin/sh
# Makes the packages and repositories of this folder with the real pkg(8), 2.8.4 when they were made:
#
#   PKG=/usr/local/sbin/pkg OPENSSL=openssl ./make.sh
#
# The private keys live in a temporary folder and are gone afterwards. What pkg is told on Linux, where it cannot ask the
# system: that it is FreeBSD 15.0 on amd64.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pkg() {
    "${PKG:-pkg}" -o ABI=FreeBSD:15:amd64 -o OSVERSION=1500068 -o PORTSDIR="${PORTSDIR:-/usr/ports}" \
        -o ASSUME_ALWAYS_YES=yes "$@"
}

# One package: name, version, further lines of the manifest, lines of the plist.
package() {
    printf '%s\n' "name: $1" "version: \"$2\"" "origin: misc/$1" 'comment: A tiny package' 'www: https://example.org' \
        'maintainer: ops@example.org' 'prefix: /usr/local' 'desc: "Tiny, for tests"' 'categories: [misc]' \
        'licenselogic: single' 'licenses: [BSD2CLAUSE]' "$3" >"$work/manifest"
    printf '%b' "$4" >"$work/plist"
    pkg create -M "$work/manifest" -p "$work/plist" -r "$work/stage" -o "$work/packages/All"
}

mkdir -p "$work/stage/usr/local/bin" "$work/stage/usr/local/etc" "$work/stage/usr/local/lib" \
    "$work/stage/var/db/tiny" "$work/packages/All"
printf '#!/bin/sh\necho tiny\n' >"$work/stage/usr/local/bin/tiny"
for name in bigger smaller; do echo "$name" >"$work/stage/usr/local/bin/$name"; done
ln "$work/stage/usr/local/bin/tiny" "$work/stage/usr/local/bin/tiny-hard"
ln -s tiny "$work/stage/usr/local/bin/tiny-link"
ln -s /usr/local/bin/tiny "$work/stage/usr/local/bin/tiny-absolute"
printf 'answer = 42\n' >"$work/stage/usr/local/etc/tiny.conf.sample"
# pkg finds required and provided libraries in ELF files branded for FreeBSD (byte 7 is 9).
shared() {
    output=$1
    shift
    ${CC:-gcc} -shared -nostdlib -fPIC -s -Wl,--build-id=none -Wl,-z,noseparate-code -x c - -x none -o "$output" "$@"
    printf '\011' | dd of="$output" bs=1 seek=7 conv=notrunc 2>/dev/null
}
lib=$work/stage/usr/local/lib/libtiny.so.2
echo 'int tiny(void) { return 42; }' | shared "$lib" -Wl,-soname,libtiny.so.2
echo 'int tiny(void); int elf(void) { return tiny(); }' | shared "$work/stage/usr/local/bin/tiny-elf" "$lib"
chmod 0755 "$work/stage/usr/local/bin/tiny"
find "$work/stage" -exec touch -h -d '2026-01-02T03:04:05Z' {} +

native='abi: "FreeBSD:15:amd64"'
package tinylib 2.3 'abi: "FreeBSD:15:*"
provides: ["tinyness"]' 'lib/libtiny.so.2\n'
package tiny 0.9 "$native" 'bin/tiny\n'
package tiny 1.0_1,1 "$native
deps { tinylib { origin: misc/tinylib, version: \"2.3\" } }
users: [tinyd]
groups: [tinyd]
options { DOCS: off, TLS: on }
annotations { cpe: \"cpe:2.3:a:example:tiny:1.0\", FreeBSD_version: \"1500068\" }
scripts { post-install: \"echo 100% done\" }" \
    'bin/tiny\nbin/tiny-elf\nbin/tiny-hard\nbin/tiny-link\nbin/tiny-absolute\n@sample etc/tiny.conf.sample\n@dir(root,wheel,0750) /var/db/tiny\n'
package bigger 3 "$native
requires: [\"tinyness\"]
conflicts: [smaller]
deps { tiny { origin: misc/tiny, version: \"1.0_1,1\" } }" 'bin/bigger\n'
package smaller 3 "$native" 'bin/smaller\n'

cd "$work"
${OPENSSL:-openssl} genrsa -out rsa.key 2048 2>/dev/null
${OPENSSL:-openssl} rsa -in rsa.key -pubout -out rsa.pub 2>/dev/null
${OPENSSL:-openssl} ecparam -name secp384r1 -genkey -noout -outform DER -out ecdsa.key
${OPENSSL:-openssl} ec -inform DER -in ecdsa.key -pubout -outform DER -out ecdsa.pub 2>/dev/null
for kind in ecc eddsa; do pkg key --create -t $kind $kind.key >$kind.pub; done

# A signing command gets the digest of the catalogue as 64 hexadecimal digits on a line.
signer() {
    cat >"sign-$1.sh" <<END
#!/bin/sh
read -r sum
[ $1 = rsa ] || printf 'TYPE\n$1\n'
printf 'SIGNATURE\n'
if [ $1 = rsa ]; then printf %s "\$sum" | ${OPENSSL:-openssl} dgst -sha256 -sign $work/rsa.key -binary
else printf %s "\$sum" | "${PKG:-pkg}" key --sign -t $1 $work/$1.key; fi
printf '\nCERT\n'
cat $work/$1.pub
printf 'END\n'
END
    chmod +x "sign-$1.sh"
}

# One repository of the same packages: name, and the further arguments of pkg repo.
repository() {
    name=$1
    shift
    rm -rf repository
    cp -R packages repository
    mkdir -p repository/All/Hashed
    pkg repo $flags "$work/repository" "$@" >/dev/null
    rm -rf "$here/repositories/$name"
    mkdir -p "$here/repositories/$name"
    cp repository/meta.conf repository/data.pkg repository/packagesite.pkg "$here/repositories/$name/"
}

flags=
repository unsigned
for kind in rsa ecc eddsa ecdsa; do repository "pubkey-$kind" "$kind:$work/$kind.key"; done
for kind in rsa ecc eddsa; do
    signer $kind
    repository "fingerprints-$kind" signing_command: "$work/sign-$kind.sh"
done
flags=-h
repository hashed
printf 'version = 2;\npacking_format = "txz";\n' >meta-txz
flags="-m meta-txz"
repository xz
printf 'version = 1;\npacking_format = "tzst";\n' >meta-v1
flags="-m meta-v1"
repository version1 "rsa:$work/rsa.key"

# What pkg would install for some requests: REQUEST = PACKAGE …
mkdir -p conf root
printf 'latest: { url: "file://%s/repository", enabled: yes, signature_type: none }\n' "$work" >conf/latest.conf
flags=
repository unsigned
pkg -C /dev/null -R "$work/conf" -r "$work/root" update -f >/dev/null
for request in tiny tinylib tiny-0.9 bigger 'bigger tinylib' smaller Tiny nothing; do
    # shellcheck disable=SC2086
    found=$(pkg -C /dev/null -R "$work/conf" -r "$work/root" install -n $request 2>/dev/null | sed -n 's/^\t\(.*\): \([^ ]*\).*/\1-\2/p' | sort)
    echo "$request = $(echo $found)"
done >"$here/installs.txt"

rm -rf "$here/packages" "$here/keys"
mkdir -p "$here/keys"
cp -R packages/All "$here/packages"
cp ./*.pub "$here/keys/"


zstd -dc "$here/packages/tiny-1.0_1,1.pkg" | tar xOf - +MANIFEST >"$here/manifest.json"
