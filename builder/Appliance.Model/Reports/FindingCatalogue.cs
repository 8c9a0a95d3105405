namespace Appliance.Model.Reports;

/// <summary>
/// Every finding there is, in one place: YAM about the text and its shape, VAL about single values, NET about
/// networks, PRO about profiles. Codes are never reused for another meaning.
/// </summary>
public static class FindingCatalogue
{
    // Filled by the initialisers below, in their order, so it stands first.
    private static readonly List<FindingKind> Entries = [];

    /// <summary>All entries in the order of this file.</summary>
    public static IReadOnlyList<FindingKind> All => Entries;

    // The file and its YAML

    public static readonly FindingKind UnreadableFile = Error(
        "YAM001",
        "The file cannot be read",
        "Nothing can be said about a file that is missing, no file, or not UTF-8."
    );

    public static readonly FindingKind FileTooLarge = Error(
        "YAM002",
        "The file is too large",
        "A network of a thousand sites fits into a mebibyte; what is larger is something else."
    );

    public static readonly FindingKind BrokenYaml = Error(
        "YAM003",
        "The YAML is malformed",
        "A file that two readers could understand differently must not configure a router."
    );

    public static readonly FindingKind TabInIndentation = Error(
        "YAM004",
        "A tab stands where spaces belong",
        "YAML does not allow tabs as indentation, and editors hide them."
    );

    public static readonly FindingKind EmptyDocument = Error(
        "YAM005",
        "The file holds no document",
        "An empty file is usually the trace of an interrupted save."
    );

    public static readonly FindingKind SeveralDocuments = Error(
        "YAM006",
        "The file holds more than one document",
        "Everything after the second '---' would be ignored silently."
    );

    public static readonly FindingKind Alias = Error(
        "YAM007",
        "Anchors and aliases are not allowed",
        "They make small files expand without bounds and hide where a value comes from."
    );

    public static readonly FindingKind Tag = Error(
        "YAM008",
        "Tags are not allowed",
        "Types follow from the keys; a tag would change them behind the reader's back."
    );

    public static readonly FindingKind TooDeep = Error(
        "YAM009",
        "The nesting is too deep",
        "No part of a file is that deep; it is a mistake or an attack."
    );

    public static readonly FindingKind TooManyNodes = Error(
        "YAM010",
        "The file has too many entries",
        "It is a mistake or an attack, and checking it would take too long."
    );

    public static readonly FindingKind DuplicateKey = Error(
        "YAM011",
        "A key appears twice",
        "Which of the two counts would depend on the reader."
    );

    public static readonly FindingKind OddKey = Error(
        "YAM012",
        "A key is not plain text",
        "Lists and mappings as keys have no meaning here."
    );

    public static readonly FindingKind ControlCharacter = Error(
        "YAM013",
        "The text holds a control character",
        "It would be invisible in the file and go on into configuration files."
    );

    // Shape: keys and kinds of values

    public static readonly FindingKind UnknownKey = Error(
        "YAM020",
        "A key is not known",
        "A misspelt key would otherwise be ignored, and with it what it asks for."
    );

    public static readonly FindingKind MissingKey = Error(
        "YAM021",
        "A required key is missing",
        "There is no safe default for it."
    );

    public static readonly FindingKind WrongKind = Error(
        "YAM022",
        "A value is of the wrong kind",
        "A list, a mapping and a text are read differently."
    );

    public static readonly FindingKind EmptyValue = Error(
        "YAM023",
        "A key has no value",
        "Whether nothing or the default is meant is not clear."
    );

    public static readonly FindingKind NotANumber = Error(
        "YAM024",
        "Not a whole number in its range",
        "The setting would be refused on the router, at boot."
    );

    public static readonly FindingKind NotABoolean = Error(
        "YAM025",
        "Neither true nor false",
        "YAML readers disagree about yes, no, on and off."
    );

    public static readonly FindingKind UnknownWord = Error(
        "YAM026",
        "Not one of the words allowed here",
        "Only these have a meaning."
    );

    public static readonly FindingKind UnknownSchema = Error(
        "YAM027",
        "The schema number is not known",
        "The file was written for another version of this program."
    );

    public static readonly FindingKind EmptyList = Error(
        "YAM028",
        "A list or mapping needs at least one entry",
        "Without one the router could not do its work."
    );

    public static readonly FindingKind Contradiction = Error(
        "YAM029",
        "Keys that exclude each other, or none of them",
        "Exactly one of them can hold."
    );

    // The form of single values

    public static readonly FindingKind NotAnAddress = Error(
        "VAL001",
        "Not an IP address",
        "It would be refused on the router, at boot."
    );

    public static readonly FindingKind NotAPrefix = Error(
        "VAL002",
        "Not a prefix",
        "Bits beyond the length show that address or length is wrong."
    );

    public static readonly FindingKind NotAnInterfaceAddress = Error(
        "VAL003",
        "Not an address with prefix length",
        "The length decides which neighbors are on link."
    );

    public static readonly FindingKind WrongFamily = Error(
        "VAL004",
        "An address of the other family",
        "IPv4 and IPv6 are configured apart from each other."
    );

    public static readonly FindingKind NotAnAsn = Error(
        "VAL005",
        "Not an AS number",
        "It would be refused by bgpd."
    );

    public static readonly FindingKind NotAnMtu = Error(
        "VAL006",
        "Not an MTU",
        "It would be refused by ifconfig."
    );

    public static readonly FindingKind NotACommunity = Error(
        "VAL007",
        "Not a BGP community",
        "It would be refused by bgpd."
    );

    public static readonly FindingKind NotAMac = Error(
        "VAL008",
        "Not a MAC address",
        "No interface would ever match it."
    );

    public static readonly FindingKind NotAHostName = Error(
        "VAL009",
        "Not a host name",
        "RFC 952 and RFC 1123 decide what resolvers and certificates accept."
    );

    public static readonly FindingKind NotAnSshKey = Error(
        "VAL010",
        "Not an SSH public key",
        "A damaged key locks its owner out."
    );

    public static readonly FindingKind NotAName = Error(
        "VAL011",
        "Not a usable name",
        "Names become parts of file names, variables and route maps."
    );

    public static readonly FindingKind NotAPciPosition = Error(
        "VAL012",
        "Not a PCI position",
        "No interface would ever match it."
    );

    public static readonly FindingKind NotADriver = Error(
        "VAL013",
        "Not a driver's name",
        "No interface would ever match it."
    );

    public static readonly FindingKind NotAPort = Error(
        "VAL014",
        "Not a port number",
        "It cannot be connected to."
    );

    public static readonly FindingKind NotASize = Error(
        "VAL015",
        "Not a size",
        "Sizes without a unit are easily wrong by a factor of a thousand."
    );

    public static readonly FindingKind NotAPath = Error(
        "VAL016",
        "Not a usable path pattern",
        "It would match nothing, or more than it should."
    );

    public static readonly FindingKind NotASetting = Error(
        "VAL017",
        "Not a usable name or value of a setting",
        "It would break the line of loader.conf or sysctl.conf it becomes."
    );

    public static readonly FindingKind NotAUrl = Error(
        "VAL018",
        "Not a URL",
        "What cannot be asked gives no answer."
    );

    public static readonly FindingKind NotASigningKey = Error(
        "VAL019",
        "Not a signing key",
        "Documents are signed with ed25519, the one kind that every ssh-keygen verifies and nothing weakens."
    );

    public static readonly FindingKind NotAReason = Error(
        "VAL020",
        "Not a reason for switching a session off",
        "It stands at the end of a command of FRR, and the neighbor's operator reads it."
    );

    public static readonly FindingKind NotAPlace = Error(
        "VAL021",
        "Not the name or place of a repository",
        "Packages could not be found there, or the place says more than a place."
    );

    public static readonly FindingKind NotARegistryName = Error(
        "VAL029",
        "Not a name of a registry's object",
        "The registry would refuse every object that refers to it."
    );

    // The AS: numbers and address space

    public static readonly FindingKind AnnouncementTooLong = Error(
        "NET001",
        "An announcement too specific to propagate",
        "Networks drop IPv6 routes longer than /48 and IPv4 routes longer than /24."
    );

    public static readonly FindingKind AnnouncementTooShort = Error(
        "NET002",
        "An announcement larger than any allocation",
        "Networks drop IPv6 routes shorter than /16 and IPv4 routes shorter than /8."
    );

    public static readonly FindingKind PrefixNotPublic = Error(
        "NET003",
        "A documentation or private prefix without lab",
        "Every upstream filters it; in a real network it is a typing error."
    );

    public static readonly FindingKind PrefixNeverRouted = Error(
        "NET004",
        "A prefix that is never routed",
        "Loopback, link-local, multicast and similar space belongs to nobody."
    );

    public static readonly FindingKind PrefixTwice = Error(
        "NET005",
        "The same prefix twice",
        "One of them was meant to be another."
    );

    public static readonly FindingKind PrefixesOverlap = Warning(
        "NET006",
        "Announced prefixes overlap",
        "The longer one alone decides where traffic goes; that is rarely meant."
    );

    public static readonly FindingKind OutsideNetwork = Error(
        "NET007",
        "Address space that is not the AS's own",
        "Nobody routes answers to it back to us."
    );

    public static readonly FindingKind SubnetsOverlap = Error(
        "NET008",
        "Subnets overlap",
        "The same packet would have two places to go."
    );

    public static readonly FindingKind AsnNotPublic = Error(
        "NET009",
        "A documentation or private AS number without lab",
        "Every upstream filters it; in a real network it is a typing error."
    );

    public static readonly FindingKind AsnNeverUsed = Error(
        "NET010",
        "An AS number that nobody may use",
        "Routers reject paths that contain it (RFC 7607, 7300, 6793)."
    );

    public static readonly FindingKind SubnetIsAggregate = Error(
        "NET011",
        "A downstream holds a whole announced prefix",
        "Its route would collide with the aggregate's blackhole on the edges."
    );

    // Sites and interfaces

    public static readonly FindingKind NoDefaultRoute = Error(
        "NET020",
        "A site has no default route",
        "It could not be reached, nor build its tunnels."
    );

    public static readonly FindingKind GatewayOffLink = Error(
        "NET021",
        "A gateway is not on the interface's link",
        "The route would be refused, and the site has none."
    );

    public static readonly FindingKind GatewayWithoutAddress = Error(
        "NET022",
        "A gateway without an address of its family",
        "There is no source address to reach it from."
    );

    public static readonly FindingKind GatewayIsSelf = Error(
        "NET023",
        "A gateway is the interface's own address",
        "Packets would go nowhere."
    );

    public static readonly FindingKind HostNameTwice = Error(
        "NET024",
        "Two sites have the same host name",
        "Logs, keys and verdicts could not be told apart."
    );

    public static readonly FindingKind HostNameUnqualified = Warning(
        "NET025",
        "A host name without domain",
        "It cannot be looked up from elsewhere."
    );

    public static readonly FindingKind AddressTwice = Error(
        "NET026",
        "The same address twice",
        "Two machines with one address work by turns, or not at all."
    );

    public static readonly FindingKind NoAddress = Warning(
        "NET027",
        "An interface without an address",
        "It is configured by DHCP, and nothing that needs its address can be derived."
    );

    public static readonly FindingKind DeviceTwice = Error(
        "NET028",
        "Two interfaces match the same device",
        "One of them would never be found."
    );

    public static readonly FindingKind TwoDefaultRoutes = Error(
        "NET029",
        "Two default routes of one family",
        "Only one of them is installed, and which one depends on the order."
    );

    public static readonly FindingKind LinksOverlap = Error(
        "NET030",
        "Two links of a machine with overlapping prefixes",
        "Packets leave by either of them, and a neighbor may be unreachable."
    );

    public static readonly FindingKind AddressNotPublic = Error(
        "NET031",
        "A documentation or private address without lab",
        "It cannot be reached over the Internet, so neither can what depends on it."
    );

    public static readonly FindingKind AddressNeverUsed = Error(
        "NET032",
        "An address that no interface can have",
        "Loopback, link-local, multicast and reserved space is refused or unreachable."
    );

    public static readonly FindingKind NoRouterId = Error(
        "NET033",
        "An edge without BGP identifier",
        "bgpd takes one of 32 bits, and there is no IPv4 address to take it from."
    );

    public static readonly FindingKind WrongRole = Error(
        "NET034",
        "A key that this role has no use for",
        "It would be ignored, and with it what it asks for."
    );

    public static readonly FindingKind NoDownstreamPrefix = Warning(
        "NET035",
        "A downstream without prefixes",
        "Its tunnel carries nothing."
    );

    public static readonly FindingKind OutsideSite = Error(
        "NET036",
        "An address outside the site's prefixes",
        "Nothing routes it to this site."
    );

    public static readonly FindingKind NoUpstreams = Warning(
        "NET037",
        "An edge without upstreams",
        "It announces to nobody."
    );

    public static readonly FindingKind DeviceNameTooLong = Error(
        "NET038",
        "A device name longer than 15 characters",
        "The kernel has no room for it (IFNAMSIZ)."
    );

    public static readonly FindingKind MtuBelowIpv6 = Error(
        "NET039",
        "An MTU below 1280 bytes",
        "IPv6 needs 1280 on every link (RFC 8200)."
    );

    public static readonly FindingKind NameWithoutResolver = Warning(
        "NET040",
        "A host by name, and no nameservers",
        "The name cannot be looked up, so the host is never asked."
    );

    public static readonly FindingKind UnknownDriver = Warning(
        "NET048",
        "Not a network driver of FreeBSD",
        "No device would ever match, and the machine stays without its interface."
    );

    // Upstreams

    public static readonly FindingKind UnknownInterface = Error(
        "NET050",
        "No interface of that name",
        "There is nothing to send on."
    );

    public static readonly FindingKind NeighborOffLink = Error(
        "NET051",
        "A neighbor that is not on link",
        "bgpd calls its routes inaccessible: the session looks healthy and carries nothing."
    );

    public static readonly FindingKind NeighborIsSelf = Error(
        "NET052",
        "A neighbor with our own address",
        "A session with oneself does not come up."
    );

    public static readonly FindingKind NeighborLinkLocal = Error(
        "NET053",
        "A link-local neighbor",
        "It is not unique to a link, and a rebooted peer may have another."
    );

    public static readonly FindingKind UpstreamIsSelf = Error(
        "NET054",
        "An upstream with our own AS number",
        "Upstreams are eBGP; our own paths would be dropped as loops."
    );

    public static readonly FindingKind NeighborTwice = Error(
        "NET055",
        "Two sessions with one neighbor",
        "bgpd keeps one session per neighbor address."
    );

    public static readonly FindingKind TunnelAddressAlone = Error(
        "NET056",
        "A tunnel address without a link",
        "With a /128 no neighbor is on link, and bgpd uses none of its routes."
    );

    public static readonly FindingKind NeighborInOwnSpace = Warning(
        "NET057",
        "A neighbor several hops away inside our own space",
        "The path to the neighbor must not depend on what the session announces."
    );

    // Secrets and access

    public static readonly FindingKind SecretInPlain = Error(
        "NET060",
        "A secret is written in plain",
        "Files are copied, committed and printed; secrets arrive at first boot."
    );

    public static readonly FindingKind PrivateKey = Error(
        "NET061",
        "Private key material",
        "Whoever reads this file can log in elsewhere."
    );

    public static readonly FindingKind NoSshKeys = Warning(
        "NET062",
        "Nobody can log in",
        "The root password is locked; without a key only the console's boot menu is left."
    );

    public static readonly FindingKind SshFromAnywhere = Warning(
        "NET063",
        "ssh is open to the whole Internet",
        "Every scanner finds it within minutes."
    );

    public static readonly FindingKind NoSshFrom = Warning(
        "NET064",
        "Nobody reaches the ssh port",
        "pf drops every attempt."
    );

    public static readonly FindingKind SshKeyTwice = Warning(
        "NET065",
        "The same SSH key twice",
        "One of them was meant to be another."
    );

    // Links and tunnels

    public static readonly FindingKind UnknownSite = Error(
        "NET070",
        "No site of that name",
        "A link needs two ends that exist."
    );

    public static readonly FindingKind LinkToSelf = Error(
        "NET071",
        "A link from a site to itself",
        "A tunnel has two ends."
    );

    public static readonly FindingKind NoOuterAddress = Error(
        "NET072",
        "A tunnel's end without IPv4 address",
        "gif and gre carry IPv6 over IPv4 here."
    );

    public static readonly FindingKind TunnelTwice = Error(
        "NET073",
        "Two tunnels with the same outer addresses",
        "The kernel refuses the second (gif per FIB, gre without key everywhere)."
    );

    public static readonly FindingKind TunnelMtuTooLarge = Error(
        "NET074",
        "A tunnel's MTU does not fit its underlay",
        "Full-size packets would be fragmented or lost while small ones pass."
    );

    public static readonly FindingKind NoLinkPrefix = Error(
        "NET075",
        "Links without link_prefix",
        "Their inner addresses are carved from it."
    );

    public static readonly FindingKind LinkPrefixTooSmall = Error(
        "NET076",
        "link_prefix has no room for a link",
        "Each link takes a /127, and some of a /64 must stay free (RFC 6164)."
    );

    public static readonly FindingKind LinkNumberTwice = Error(
        "NET077",
        "Two links with the same number",
        "They would have the same inner addresses."
    );

    public static readonly FindingKind ForeignUnderlay = Error(
        "NET078",
        "An underlay of a site that is no end of the link",
        "It has no effect."
    );

    public static readonly FindingKind OuterIsSelf = Error(
        "NET079",
        "A tunnel whose far end is the site itself",
        "Packets would loop inside the machine."
    );

    public static readonly FindingKind TunnelFibWithoutRoutes = Warning(
        "NET080",
        "A tunnel FIB without a way out",
        "Only FIB 0 has the provider's routes; outer packets would be dropped."
    );

    public static readonly FindingKind LocalNotOurs = Error(
        "NET081",
        "An outer address that the site does not have",
        "The kernel keeps such a tunnel down."
    );

    public static readonly FindingKind OuterUnreachable = Error(
        "NET082",
        "No IPv4 route to a tunnel's far end",
        "Outer packets have nowhere to go."
    );

    public static readonly FindingKind NoLink = Error(
        "NET083",
        "A downstream without a link",
        "FIB 1 has no default route: announced addresses are dead."
    );

    public static readonly FindingKind SeveralLinks = Error(
        "NET084",
        "A downstream with more than one link",
        "FIB 1 has one default route; the other tunnel would carry nothing back."
    );

    public static readonly FindingKind LinkBetweenDownstreams = Error(
        "NET085",
        "A link between two downstreams",
        "Neither of them has a way out for the other."
    );

    public static readonly FindingKind DownstreamUnreachable = Warning(
        "NET086",
        "An edge without a path to a downstream",
        "It attracts the downstream's traffic with the aggregate and drops it."
    );

    // Static routes

    public static readonly FindingKind RouteOffLink = Error(
        "NET090",
        "A route's gateway is not on link",
        "The route would be refused at boot."
    );

    public static readonly FindingKind RouteTwice = Error(
        "NET091",
        "Two routes to the same destination",
        "The second would be refused at boot."
    );

    public static readonly FindingKind RouteFamily = Error(
        "NET092",
        "A route and its gateway of different families",
        "FreeBSD's route(8) refuses it here."
    );

    // Routing policy

    public static readonly FindingKind NoCustomerPrefixes = Error(
        "NET100",
        "A customer without prefixes",
        "Without a list, everything a customer announces would be taken and passed on."
    );

    public static readonly FindingKind NotForThisRole = Error(
        "NET101",
        "A key that the neighbor's role has no use for",
        "It would be ignored, and with it what it asks for."
    );

    public static readonly FindingKind CustomerInOwnSpace = Error(
        "NET102",
        "A customer's prefix inside our own space",
        "Our filters refuse it, because it looks like a hijack."
    );

    public static readonly FindingKind RolesDisagree = Warning(
        "NET103",
        "One AS with two roles",
        "What it is told on one session comes back to us on the other: a leak."
    );

    public static readonly FindingKind StaticDefaultWins = Warning(
        "NET104",
        "A default route from BGP beside a static one",
        "The kernel's static route always wins; the one from BGP is never used."
    );

    public static readonly FindingKind NoWayOut = Warning(
        "NET105",
        "Nothing leads out for a family that is announced",
        "Traffic comes in and no answer goes back."
    );

    public static readonly FindingKind LimitBelowTable = Warning(
        "NET106",
        "A limit below what a full table has today",
        "The session would be torn down as soon as it is up."
    );

    public static readonly FindingKind NoValidation = Warning(
        "NET107",
        "Routes are taken and no RPKI cache validates them",
        "A hijack that everybody else refuses would be believed here (RFC 6811)."
    );

    public static readonly FindingKind TimersContradict = Error(
        "NET108",
        "A hold time shorter than three keepalives",
        "One lost packet would tear the session down (RFC 4271, 10)."
    );

    public static readonly FindingKind MultihopOnLink = Error(
        "NET109",
        "Multihop to a neighbor that is one hop away",
        "It gives up the check that the neighbor is on the link, for nothing."
    );

    public static readonly FindingKind TtlContradiction = Error(
        "NET110",
        "ttl_security with something that excludes it",
        "Only packets that crossed no router have a TTL of 255."
    );

    public static readonly FindingKind MultihopWithoutGateway = Error(
        "NET111",
        "No way to a neighbor several hops away",
        "Its routes would be inaccessible: they must not resolve over the default route."
    );

    public static readonly FindingKind ShutAndDrained = Warning(
        "NET112",
        "A session that is switched off and drained",
        "There is nothing to drain."
    );

    public static readonly FindingKind UnknownCommunity = Error(
        "NET113",
        "No community of that name",
        "There is no value to announce."
    );

    public static readonly FindingKind CommunityTwice = Warning(
        "NET114",
        "The same community twice",
        "One of them was meant to be another."
    );

    public static readonly FindingKind CommunityActs = Error(
        "NET115",
        "A community that stops traffic, among plain ones",
        "GRACEFUL_SHUTDOWN and BLACKHOLE have keys of their own: here they would stay for ever."
    );

    public static readonly FindingKind BlackholeNotOurs = Error(
        "NET116",
        "A blackhole outside our own space",
        "Nobody drops other people's traffic on our word."
    );

    public static readonly FindingKind BlackholeTooLarge = Error(
        "NET117",
        "A blackhole as large as an announcement",
        "It would take a whole prefix off the Internet; to stop announcing one, remove it."
    );

    public static readonly FindingKind BlackholeUnheard = Warning(
        "NET118",
        "A blackhole that no upstream is told",
        "Traffic is dropped here, after it filled the link."
    );

    public static readonly FindingKind DataOutdated = Warning(
        "NET119",
        "The data about the Internet is old",
        "Filters refuse space that was assigned meanwhile, and limits fall below the tables."
    );

    public static readonly FindingKind BlackholeRequestLength = Error(
        "NET120",
        "Blackholes of a length that none may have",
        "A larger part would be a network, and take it off the Internet; a longer one there is not."
    );

    // Networks behind a machine, and what the system has room for

    public static readonly FindingKind LanInOwnSpace = Error(
        "NET130",
        "A network of hosts in our own space",
        "Nothing routes it to this machine, and the packet filter drops it: the hosts would be unreachable."
    );

    public static readonly FindingKind TtlNotEnforced = Warning(
        "NET131",
        "ttl_security that FreeBSD cannot enforce",
        "The kernel has no minimum hop limit for sockets (no IPV6_MINHOPCOUNT), and pf(4) matches none."
    );

    public static readonly FindingKind DefaultTimeServers = Notice(
        "NET132",
        "No time servers",
        "FreeBSD's pool is used, which is the work of volunteers; a provider's own servers are nearer."
    );

    public static readonly FindingKind TimeWithoutResolver = Warning(
        "NET133",
        "No time servers, and no nameservers to look up the default ones",
        "The clock is set by nobody, and certificates, RPKI and logs depend on it."
    );

    public static readonly FindingKind TooManyCaches = Error(
        "NET134",
        "More RPKI caches than FRR takes",
        "Each has a preference from 1 to 255 of its own (FRR, bgp_rpki.c)."
    );

    public static readonly FindingKind TooManyCommunities = Error(
        "NET135",
        "More communities than fit a line of frr.conf",
        "FRR reads lines of 4,096 bytes, VTY_BUFSIZ of lib/vty.h; it would read the rest as another command."
    );

    public static readonly FindingKind TooManyNameservers = Warning(
        "NET136",
        "More nameservers than the resolver uses",
        "The C library asks the first three (MAXNS of resolv.h) and ignores the others."
    );

    // Signed documents

    public static readonly FindingKind SignersWithoutDoors = Warning(
        "NET140",
        "Signed documents only, and nobody who may log in",
        "With signing_keys neither a seed nor a provider may name keys or addresses to log in from."
    );

    // Profiles

    public static readonly FindingKind UnknownRelease = Error(
        "PRO001",
        "Not a release this version can build",
        "Only of releases in profiles/releases.json the digests, repositories and ends of life are known."
    );

    public static readonly FindingKind NoBase = Error(
        "PRO002",
        "A set that every image needs is missing",
        "Without base or kernel nothing boots."
    );

    public static readonly FindingKind EntryTwice = Error(
        "PRO004",
        "The same entry twice",
        "One of them was meant to be another."
    );

    public static readonly FindingKind ReservedSetting = Error(
        "PRO005",
        "A setting that is derived elsewhere",
        "Two lines with one name: the last one wins, silently."
    );

    public static readonly FindingKind LeavesOutNeeded = Error(
        "PRO006",
        "Leaves out what a router needs to boot",
        "rc, pf, sshd, the loader or first boot would fail."
    );

    public static readonly FindingKind UnsignedRepository = Warning(
        "PRO007",
        "A repository that nobody verifies",
        "What it sends becomes part of a router, whoever sent it."
    );

    public static readonly FindingKind LabelTooLong = Error(
        "PRO010",
        "A partition label longer than 36 characters",
        "GPT has room for 36 UTF-16 units."
    );

    public static readonly FindingKind LabelTwice = Error(
        "PRO011",
        "Two partitions with the same label",
        "fstab and the loader find partitions by label."
    );

    public static readonly FindingKind LabelOdd = Error(
        "PRO012",
        "A partition label that is no device name",
        "It becomes /dev/gpt/label."
    );

    public static readonly FindingKind RootCount = Error(
        "PRO013",
        "Not exactly one root",
        "The image has one system to start; a second slot starts empty."
    );

    public static readonly FindingKind ContentMismatch = Error(
        "PRO014",
        "A partition's type does not hold its content",
        "Firmware and kernel look for content by type."
    );

    public static readonly FindingKind EspTooSmall = Error(
        "PRO015",
        "An EFI partition too small for FAT32",
        "FAT32 needs 65525 clusters, so some 33 MiB."
    );

    public static readonly FindingKind BootcodeSize = Error(
        "PRO016",
        "A boot partition that pmbr cannot load",
        "It loads at most 545 KiB, and gptboot must fit."
    );

    public static readonly FindingKind RestNotLast = Error(
        "PRO017",
        "Only the last partition can take the rest",
        "What follows it would have no place."
    );

    public static readonly FindingKind NoImageSize = Error(
        "PRO018",
        "'rest' without an image size",
        "The rest of nothing is nothing."
    );

    public static readonly FindingKind ImageTooSmall = Error(
        "PRO019",
        "The partitions do not fit the image",
        "They need this room, and GPT some at both ends."
    );

    public static readonly FindingKind NoBootPath = Error(
        "PRO020",
        "Nothing to boot from",
        "BIOS starts a freebsd-boot partition, UEFI an EFI system partition."
    );

    public static readonly FindingKind SizeUnaligned = Error(
        "PRO021",
        "A size that is no multiple of 4 KiB",
        "Partitions begin and end on 4 KiB so that flash and file systems stay aligned."
    );

    public static readonly FindingKind FileSystemOptions = Error(
        "PRO022",
        "File system options that UFS2 does not have",
        "Blocks are 4 to 64 KiB and hold 1, 2, 4 or 8 fragments."
    );

    public static readonly FindingKind FreeWithoutFit = Error(
        "PRO023",
        "Free space is given for a size that is fixed",
        "Only a partition made to fit its content has free space to choose."
    );

    public static readonly FindingKind RootTooSmall = Error(
        "PRO024",
        "A root smaller than any base system",
        "Even a trimmed base with kernel takes some 128 MiB."
    );

    public static readonly FindingKind NoBiosAndUefi = Warning(
        "PRO025",
        "Boots on BIOS or UEFI only",
        "The same image then fails at some providers."
    );

    // A profile and the sites that use it

    public static readonly FindingKind ProfileLacksFibs = Error(
        "PRO040",
        "The profile has too few FIBs for the site",
        "net.fibs must cover every FIB that the site uses."
    );

    public static readonly FindingKind ProfileLacksModule = Error(
        "PRO041",
        "The profile lacks a kernel module the site needs",
        "The tunnel or session would not come up."
    );

    public static readonly FindingKind ProfileMissing = Error(
        "PRO045",
        "No profile of that name",
        "Without one there is nothing to make an image from."
    );

    public static readonly FindingKind ProfileNameDiffers = Warning(
        "PRO046",
        "A profile whose name is not its file's",
        "Sites and locks go by the name of the file, plans and images by the name inside."
    );

    public static readonly FindingKind EdgeWithoutRouting = Warning(
        "PRO047",
        "An edge whose profile has no routing daemon",
        "The machine boots and announces nothing."
    );

    public static readonly FindingKind UnknownPackage = Error(
        "PRO048",
        "A package that no repository has",
        "The image would lack it, so none is made."
    );

    // A release and the calendar

    public static readonly FindingKind ReleaseEnded = Warning(
        "PRO060",
        "A release past its end of life",
        "Nobody makes security fixes for it; the image is vulnerable on the day it is built."
    );

    public static readonly FindingKind ReleaseEnding = Warning(
        "PRO061",
        "A release near its end of life",
        "The next one has to be built, tested and rolled out before."
    );

    public static readonly FindingKind ReleasesOutdated = Warning(
        "PRO062",
        "The data about releases is old",
        "Releases have come and ended since, and new patch levels are not known."
    );

    public static readonly FindingKind BaseFromSets = Warning(
        "PRO063",
        "A base system without security fixes",
        "The sets of a release never change: every advisory since its release applies."
    );

    public static readonly FindingKind PatchesMissing = Warning(
        "PRO064",
        "A lock behind the newest patch level",
        "The advisories of the later ones apply to every image that is built by it."
    );

    private static FindingKind Error(string code, string title, string why) =>
        Enter(new FindingKind(code, Severity.Error, title, why));

    private static FindingKind Notice(string code, string title, string why) =>
        Enter(new FindingKind(code, Severity.Notice, title, why));

    private static FindingKind Warning(string code, string title, string why) =>
        Enter(new FindingKind(code, Severity.Warning, title, why));

    private static FindingKind Enter(FindingKind kind)
    {
        Entries.Add(kind);
        return kind;
    }
}
