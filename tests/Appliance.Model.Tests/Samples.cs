namespace Appliance.Model.Tests;

/// <summary>Small files without findings, from which the tests make wrong ones.</summary>
internal static class Samples
{
    public const string Key =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj9A ops";

    /// <summary>A laboratory with documentation numbers.</summary>
    public const string Lab = $$$"""
        schema: 1
        network: sample
        lab: true
        asn: 64500
        prefixes: [2001:db8:1c::/48]
        link_prefix: 2001:db8:1c:ffff::/64
        rpki:
          caches:
            - {host: 192.0.2.53, port: 3323}
        time_servers: [192.0.2.123]
        admin:
          ssh_keys: ["{{{Key}}}"]
          ssh_from: [192.0.2.0/24]
        sites:
          router01:
            role: edge
            profile: edge
            hostname: router01.example.net
            loopback: 2001:db8:1c::1
            interfaces:
              wan:
                match: {driver: vtnet, index: 0}
                ipv4: 198.51.100.10/24
                gateway4: 198.51.100.1
                ipv6: 2001:db8:100::96/64
                gateway6: 2001:db8:100::1
            upstreams:
              lagrange: {asn: 64496, over: wan, neighbor: 2001:db8:100::1}
              ifog:
                asn: 64497
                over:
                  gre:
                    remote: 198.51.100.44
                    address: 2001:db8:300::2/127
                neighbor: 2001:db8:300::3
                password: {secret: ifog-md5}
                communities: ["64497:9501"]
          vps01:
            role: downstream
            profile: downstream
            hostname: vps01.example.net
            interfaces:
              eth:
                match: {mac: "58:9c:fc:00:11:22"}
                ipv4: 203.0.113.10/24
                gateway4: 203.0.113.1
            prefixes: [2001:db8:1c:1000::/64]
            addresses: [2001:db8:1c:1000::1]
            jails:
              web: {address: 2001:db8:1c:1000::10}
        links:
          - {kind: gif, between: [router01, vps01], mtu: 1480}

        """;

    /// <summary>A network of numbers that no registry has set aside, without "lab".</summary>
    public const string Public = $$$"""
        schema: 1
        network: public
        asn: 4199999999
        prefixes: [2dff:1c::/48]
        rpki: {caches: [{host: 192.0.1.53}]}
        time_servers: [192.0.1.123]
        admin:
          ssh_keys: ["{{{Key}}}"]
          ssh_from: [192.0.1.0/24]
        sites:
          core:
            role: edge
            profile: edge
            hostname: core.example.net
            loopback: 2dff:1c::1
            interfaces:
              wan:
                match: {pci: "0:0:3:0"}
                ipv4: 192.0.1.10/24
                gateway4: 192.0.1.1
                ipv6: 2dff:100::96/64
                gateway6: fe80::1
              lan:
                match: {driver: vtnet, index: 1}
                ipv4: 10.0.0.1/24
            upstreams:
              transit: {asn: 4199999998, over: wan, neighbor: 2dff:100::1}
              tunnel:
                asn: 4199999997
                over: {gif: {remote: 192.0.3.1, address: 2dff:200::2/64}}
                neighbor: 2dff:200::1

        """;

    /// <summary>A profile with two slots and everything else that a profile can say.</summary>
    public const string Profile = """
        schema: 1
        name: sample
        release: 15.0-RELEASE
        architecture: amd64
        sets: [base, kernel]
        packages: [frr10]
        repositories:
          FreeBSD-ports: {url: "pkg+https://pkg.FreeBSD.org/${ABI}/quarterly"}
          mine: {folder: packages, fingerprints: keys/mine, priority: 10}
        modules:
          loader: [if_gre, tcpmd5]
          kld_list: [pf]
        fibs: 2
        tunables:
          hw.vga.textmode: 1
        sysctls: {kern.ipc.somaxconn: 256}
        leave_out:
          - why: manuals
            paths: [/usr/share/man, /usr/lib/*.a]
        partitions:
          - {label: bootcode, type: freebsd-boot, content: bootcode, size: 512K}
          - {label: esp, type: efi, content: esp, size: 34M}
          - {label: root-a, type: freebsd-ufs, content: root, size: fit, free: 20%}
          - {label: root-b, type: freebsd-ufs, content: empty, size: 2G}
          - {label: config, type: freebsd-ufs, content: empty, size: 64M, block: 8K, fragment: 1K}
        image:
          formats: [raw, qcow2]
          size: 8G

        """;
}
