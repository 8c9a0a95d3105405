using System.Text.Json;
using Appliance.Lab.Daemons;

namespace Appliance.Lab.Guests;

/// <summary>Reads <c>netstat --libxo json -rnW</c> (FreeBSD, usr.bin/netstat/route.c).</summary>
internal static class FreeBsdRoutes
{
    /// <summary>The command; its answers are one document for each family.</summary>
    public const string Command =
        "netstat --libxo json -rnW -f inet; netstat --libxo json -rnW -f inet6";

    /// <exception cref="LabException">What it printed is no JSON of this form.</exception>
    public static IReadOnlyList<KernelRoute> Read(string text)
    {
        try
        {
            return
            [
                .. JsonSequence
                    .Read(text)
                    .SelectMany(answer =>
                        answer
                            .GetProperty("statistics")
                            .GetProperty("route-information")
                            .GetProperty("route-table")
                            .GetProperty("rt-family")
                            .EnumerateArray()
                    )
                    .SelectMany(family =>
                        family
                            .GetProperty("rt-entry")
                            .EnumerateArray()
                            .Select(entry =>
                                Route(
                                    entry,
                                    family.GetProperty("address-family").GetString() == "Internet6"
                                )
                            )
                    )
                    .OfType<KernelRoute>(),
            ];
        }
        catch (Exception exception)
            when (exception is KeyNotFoundException or InvalidOperationException)
        {
            throw new LabException(
                LabFault.Failed,
                $"netstat answered in a form that is not known: {exception.Message}",
                exception
            );
        }
    }

    /// <summary>Null for destinations of one link only, "fe80::%vtnet0/64".</summary>
    private static KernelRoute? Route(JsonElement entry, bool ipv6)
    {
        var destination = entry.GetProperty("destination").GetString()!;
        var flags = entry.GetProperty("flags").GetString()!;
        var gateway = entry.GetProperty("gateway").GetString()!;
        if (destination.Contains('%', StringComparison.Ordinal))
        {
            return null;
        }

        return new(
            KernelRoute.Prefix(destination, ipv6),
            entry.GetProperty("interface-name").GetString(),
            flags.Contains('G', StringComparison.Ordinal) ? gateway : null,
            Origin(flags),
            Drops: flags.Contains('B', StringComparison.Ordinal)
        );
    }

    /// <summary>Letters of netstat(1).</summary>
    private static string Origin(string flags) =>
        flags.Contains('1', StringComparison.Ordinal) ? KernelRoute.FromZebra
        : flags.Contains('S', StringComparison.Ordinal) ? "static"
        : "kernel";
}
