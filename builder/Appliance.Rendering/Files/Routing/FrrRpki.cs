using System.Globalization;
using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Files.Routing;

/// <summary>RPKI caches, in the syntax of the FRR that reads them.</summary>
internal static class FrrRpki
{
    public static IEnumerable<FrrSection> Sections(
        string? frrVersion,
        IReadOnlyList<RpkiCacheDocument> caches,
        Secrets secrets
    )
    {
        if (caches.Count == 0)
        {
            yield break;
        }

        var transport = NamesTransport(frrVersion) ? "tcp " : "";
        yield return new FrrSection(
            "Origin validation (RFC 6811)",
            [
                FrrBlock.Text([
                    "! The first cache that answers counts. While none has answered, and two hours after the last one fell",
                    "! silent, nothing is invalid: routes are taken, since no cache must not mean no Internet. What was taken",
                    "! is looked at again every quarter of an hour (cron); what a cache tells to have changed, at once by some FRRs.",
                    "rpki",
                    " rpki polling_period 300",
                    " rpki expire_interval 7200",
                    " rpki retry_interval 60",
                    .. caches.Select(
                        (cache, index) =>
                            cache.Ssh is null ? Cache(transport, cache, index + 1)
                            : secrets.Find(cache.Ssh.KeySecret) is null
                                ? $"! {cache.Host} waits for the secret {cache.Ssh.KeySecret}."
                            : Cache(cache, cache.Ssh, index + 1)
                    ),
                    "exit",
                ]),
            ]
        );
    }

    private static string Cache(string transport, RpkiCacheDocument cache, int preference) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $" rpki cache {transport}{cache.Host} {cache.Port} preference {preference}"
        );

    private static string Cache(RpkiCacheDocument cache, RpkiSshDocument ssh, int preference) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $" rpki cache ssh {cache.Host} {cache.Port} {ssh.User} {RtrSshFiles.KeyPath(ssh.KeySecret)} "
        )
        + string.Create(
            CultureInfo.InvariantCulture,
            $"{RtrSshFiles.KnownHostsPath} preference {preference}"
        );

    /// <summary>FRR 10 wants the transport named; 8 and 9 would take "tcp" for the host. A package is of today.</summary>
    public static bool NamesTransport(string? frrVersion) =>
        frrVersion is null || FrrRelease.IsSince(frrVersion, 10, 0);
}
