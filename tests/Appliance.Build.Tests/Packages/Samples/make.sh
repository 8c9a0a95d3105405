#!/bin/sh
# Makes the packages beside this script with FreeBSD's pkg(8), named by APPLIANCE_PKG (2.8.4 made those that are
# committed), and then installs them with it, so that what it writes can be compared with what we write:
#
#     cd tests/Appliance.Build.Tests/Packages/Samples && APPLIANCE_PKG=/usr/local/sbin/pkg sh make.sh
#
# Runs as root, because packages keep owners. Times are fixed, so that only a new version of pkg changes a byte.
set -eu
here=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/keywords/Keywords"

pkg() {
	"${APPLIANCE_PKG:-pkg}" -o ABI=FreeBSD:15:amd64 -o OSVERSION=1500068 -o ASSUME_ALWAYS_YES=yes \
	    -o PORTSDIR="$work/keywords" "$@"
}

# What @sample of the ports tree writes into a package.
cat > "$work/keywords/Keywords/sample.ucl" <<'UCL'
actions: [file(1)]
arguments: true
post-install-lua: <<EOS
  args = {}
  for arg in string.gmatch("%@", "%S+") do
    table.insert(args, arg)
  end
  sample_file = pkg.prefixed_path(args[1])
  if #args == 2 then
    target_file = pkg.prefixed_path(args[2])
  else
    target_file = string.gsub(sample_file, '%.sample$', "")
  end
  if not pkg.stat(target_file) then
    pkg.copy(sample_file, target_file)
  end
EOS
UCL

# --- a library ---------------------------------------------------------------------------------------------------
mkdir -p "$work/lib/usr/local/lib" "$work/lib/usr/local/libdata/ldconfig" "$work/lib/usr/local/share/licenses"
cd "$work/lib/usr/local"
echo "not really a library" > lib/libmini.so.1.0
ln -s libmini.so.1.0 lib/libmini.so.1
echo /usr/local/lib/mini > libdata/ldconfig/mini
echo "do what you like" > share/licenses/mini
cat > "$work/lib.plist" <<'PLIST'
lib/libmini.so.1
lib/libmini.so.1.0
libdata/ldconfig/mini
share/licenses/mini
PLIST
cat > "$work/lib.ucl" <<'UCL'
name: mini-lib
version: "1.2_1"
origin: devel/mini-lib
comment: "A library for tests"
desc: "A library\nof two lines"
maintainer: "tests@example.org"
www: "https://example.org/mini-lib"
prefix: /usr/local
abi: "FreeBSD:15:amd64"
licenselogic: or
licenses: [ MIT, ZLIB ]
categories: [ devel ]
shlibs_provided: [ "libmini.so.1" ]
annotations: { cpe: "cpe:2.3:a:example:mini-lib:1.2:::::freebsd15:x64:1" }
scripts: {
  post-install: <<EOS
if ! /usr/sbin/service ldconfig restart >/dev/null; then
  if [ -z "${INSTALL_AS_USER}" ]; then
    exit 1
  fi
fi
EOS
}
UCL

# --- a daemon that needs it --------------------------------------------------------------------------------------
mkdir -p "$work/daemon/usr/local/sbin" "$work/daemon/usr/local/etc/rc.d" "$work/daemon/var/db/mini"
cd "$work/daemon/usr/local"
printf '#!/bin/sh\necho mini\n' > sbin/minid
ln sbin/minid sbin/minictl
printf 'speed = 1\n' > etc/mini.conf.sample
printf 'key = none\n' > etc/mini.keys
cat > etc/rc.d/minid <<'RC'
#!/bin/sh
# PROVIDE: minid
# REQUIRE: NETWORKING
. /etc/rc.subr
name=minid
rcvar=minid_enable
command=/usr/local/sbin/minid
load_rc_config $name
: ${minid_enable:=NO}
run_rc_command "$1"
RC
cat > "$work/daemon.plist" <<'PLIST'
@sample etc/mini.conf.sample
@config(mini,mini,640) etc/mini.keys
@(,,0555) etc/rc.d/minid
@(root,mini,4550) sbin/minid
@(root,mini,4550) sbin/minictl
@dir(mini,mini,750) /var/db/mini
PLIST
cat > "$work/daemon.ucl" <<'UCL'
name: minid
version: "2.0,1"
origin: net/minid
comment: "A daemon for tests"
desc: "It does nothing, \"well\"."
maintainer: "tests@example.org"
www: "https://example.org/minid"
prefix: /usr/local
abi: "FreeBSD:15:amd64"
licenselogic: single
licenses: [ BSD2CLAUSE ]
categories: [ net, ipv6 ]
users: [ mini ]
groups: [ mini, minivty ]
deps: { mini-lib: { origin: devel/mini-lib, version: "1.2_1" } }
shlibs_required: [ "libmini.so.1" ]
provides: [ "minid-2" ]
options: { DOCS: off, IPV6: on }
vital: true
message: [ { message: "Read the manual", type: install }, { message: "Renew your keys", type: upgrade, maximum_version: "1.9" } ]
scripts: {
  pre-install: <<EOS
if [ -n "${PKG_ROOTDIR}" ] && [ "${PKG_ROOTDIR}" != "/" ]; then
  PW="/usr/sbin/pw -R ${PKG_ROOTDIR}"
else
  PW=/usr/sbin/pw
fi
echo "===> Creating groups"
if ! ${PW} groupshow mini >/dev/null 2>&1; then
  echo "Creating group 'mini' with gid '777'"
  ${PW} groupadd mini -g 777
else
  echo "Using existing group 'mini'"
fi
if ! ${PW} groupshow minivty >/dev/null 2>&1; then
  echo "Creating group 'minivty' with gid '778'"
  ${PW} groupadd minivty -g 778
else
  echo "Using existing group 'minivty'"
fi
echo "===> Creating users"
if ! ${PW} usershow mini >/dev/null 2>&1; then
  echo "Creating user 'mini' with uid '777'"
  ${PW} useradd mini -u 777 -g 777  -c "Mini daemon" -d /nonexistent -s /usr/sbin/nologin
else
  echo "Using existing user 'mini'"
fi
if ! ${PW} groupshow minivty | grep -qw mini; then
  echo "Adding user 'mini' to group 'minivty'"
  ${PW} groupmod minivty -m mini
fi
EOS
  post-install: <<EOS
date > /var/db/mini/installed
EOS
  post-deinstall: <<EOS
rm -f /var/db/mini/installed
EOS
}
UCL

# --- one that wants the daemon's file ----------------------------------------------------------------------------
mkdir -p "$work/twin/usr/local/sbin"
echo "another one" > "$work/twin/usr/local/sbin/minid"
echo sbin/minid > "$work/twin.plist"
cat > "$work/twin.ucl" <<'UCL'
name: mini-twin
version: "1"
origin: net/mini-twin
comment: "The same file again"
www: "https://example.org/mini-twin"
desc: "Cannot be installed with minid."
maintainer: "tests@example.org"
prefix: /usr/local
abi: "FreeBSD:15:amd64"
UCL

find "$work/lib" "$work/daemon" "$work/twin" -exec touch -h -d 2025-12-02T00:00:00Z {} +
for package in lib daemon twin; do
	pkg create -t 1764633600 -M "$work/$package.ucl" -p "$work/$package.plist" -r "$work/$package" -o "$here"
done

# --- a repository of them, signed with a key that exists only while this runs -------------------------------------
openssl genrsa -out "$work/key" 2048 2> /dev/null
openssl rsa -in "$work/key" -pubout -out "$work/key.pub" 2> /dev/null
cat > "$work/sign" <<SIGN
#!/bin/sh
read -r sum
echo SIGNATURE
printf %s "\$sum" | openssl dgst -sha256 -sign "$work/key" -binary
echo
echo CERT
cat "$work/key.pub"
echo END
SIGN
chmod +x "$work/sign"
mkdir "$work/signed"
cp "$here"/*.pkg "$work/signed"
pkg repo -q "$work/signed" signing_command: "$work/sign"
mkdir -p "$here/repository" "$here/keys/trusted"
cp "$work/signed/meta.conf" "$work/signed/data.pkg" "$work/signed/packagesite.pkg" "$here/repository"
printf 'function: "sha256"\nfingerprint: "%s"\n' "$(sha256sum < "$work/key.pub" | cut -d ' ' -f 1)" \
    > "$here/keys/trusted/mini"

# --- what pkg itself makes of them -------------------------------------------------------------------------------
root=$work/root
mkdir -p "$root/etc" "$root/var/db/pkg" "$work/repos"
printf 'root:*:0:0::0:0:Charlie &:/root:/bin/sh\nmini:*:777:777::0:0:Mini daemon:/nonexistent:/usr/sbin/nologin\n' \
    > "$root/etc/master.passwd"
printf 'wheel:*:0:root\nmini:*:777:\n' > "$root/etc/group"
mkdir "$work/repo"
cp "$here"/*.pkg "$work/repo"
pkg repo -q "$work/repo"
printf 'FreeBSD-ports: { url: "file://%s", signature_type: none, enabled: yes }\n' "$work/repo" > "$work/repos/mini.conf"
in_root() { PKG_INSTALL_EPOCH=1764633600 pkg -o RUN_SCRIPTS=no -C /dev/null -R "$work/repos" -r "$root" "$@"; }
in_root update -q
in_root install -q minid
sqlite3 "$root/var/db/pkg/local.sqlite" .dump > "$here/local.sql"

# What it answers afterwards. Each question is asked again of the database that we write.
while read -r question; do
	echo "\$ pkg $question"
	in_root $question 2>&1 || echo "exit status $?"
done > "$here/answers.txt" <<'QUESTIONS'
info -a
info -l minid
info -D minid
check -sa
check -da
which /usr/local/sbin/minictl
which /usr/local/lib/libmini.so.1
which /usr/local/etc/mini.conf
query -a %n|%v|%o|%R|%q|%a|%k|%t|%V|%l
query -a %n:%L
query -a %n:%C
query -a %n:%At=%Av
query %dn-%dv minid
query %rn-%rv mini-lib
query %U minid
query %G minid
query %D minid
query -a %Fp|%Fs
query -a %n:%#B
query %Ok=%Ov minid
upgrade -n
autoremove -n
delete -n mini-lib
delete -n minid
QUESTIONS
