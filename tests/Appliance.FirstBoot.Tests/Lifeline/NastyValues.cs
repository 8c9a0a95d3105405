namespace Appliance.FirstBoot.Tests.Lifeline;

/// <summary>Values that no configuration file may hold, or that only some fields may.</summary>
internal static class NastyValues
{
    public const string Certificate =
        "ssh-ed25519-cert-v01@openssh.com AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29tAAAAIP7RoGvVyEPkwEjVNVVUsXIi x";

    public static readonly string[] HostNames =
    [
        "",
        " ",
        "my server",
        "my_router",
        "-a",
        "a-",
        "a..b",
        ".",
        ".a",
        "a.-b",
        new('a', 64),
        string.Join('.', Enumerable.Repeat(new string('a', 60), 5)),
        "a\nb",
        "a\u0000b",
        "a\u001b[2Jb",
        "a\u202eb",
        "bücher",
        "$(reboot)",
        "a\"; rm -rf /; \"",
        "a'b",
        "a`b`",
    ];

    public static readonly string[] Keys =
    [
        "ssh-dss AAAAB3NzaC1kc3MAAACBAPnvyEPkwEjVNVVUsXIiAGxK old",
        Certificate,
        "garbage",
        "ssh-ed25519",
        "ssh-ed25519 not-base64-at-all-really-not x",
        "ssh-ed25519 AAAAB3NzaC1yc2EAAAADAQABAAABgQC x",
        "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIP7RoGvVyEPkwEjVNVVUsXIi x",
        "command=\"/bin/sh\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP7RoGvVyEPkwEjVNVVUsXIi x",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP7RoGvVyEPkwEjVNVVUsXIi a\u0007b",
        "ssh-ed25519\tAAAAC3NzaC1lZDI1NTE5AAAAIP7RoGvVyEPkwEjVNVVUsXIi",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + new string('A', 20_000),
        "-----BEGIN OPENSSH PRIVATE KEY-----",
    ];

    public static readonly string[] Prefixes =
    [
        "192.0.2.1/24",
        "192.0.2.1",
        "2001:db8::1/32",
        "2001:db8::1",
        "::ffff:192.0.2.0/120",
        "::ffff:192.0.2.1",
        "192.0.2.0/33",
        "192.0.2.0/-1",
        "192.0.2.0/024",
        "192.0.2/24",
        "any",
        "",
        "0.0.0.0/1/2",
        "192.0.2.0/24; pass all",
        "fe80::%vtnet0/64",
    ];

    public static readonly string[] Addresses =
    [
        "",
        "198.51.100.10",
        "198.51.100.10/33",
        "198.51.100.10/0",
        "198.51.100.010/24",
        "198.51.100.0/24",
        "198.51.100.255/24",
        "0.0.0.0/24",
        "127.0.0.1/8",
        "224.0.0.5/24",
        "255.255.255.255/32",
        "::/64",
        "::1/128",
        "ff02::1/64",
        "fe80::5/64",
        "::ffff:198.51.100.10/120",
        "::198.51.100.10/120",
        "64:ff9b::198.51.100.10/96",
        "2001:db8::1/129",
        "2001:db8::1/64%vtnet0",
        "2001:DB8::1/64",
        "[2001:db8::1]/64",
        "1.2.3/24",
        "router.example.net",
        "198.51.100.10/24\nrm",
    ];

    public static readonly string[] Numbers =
    [
        "0",
        "-1",
        "576",
        "1279",
        "65535",
        "65536",
        "99999999999",
        "1e3",
        "1500 ",
        "true",
        "null",
    ];

    public static IEnumerable<string> All =>
        HostNames.Concat(Keys).Concat(Prefixes).Concat(Addresses).Concat(Numbers).Distinct();
}
