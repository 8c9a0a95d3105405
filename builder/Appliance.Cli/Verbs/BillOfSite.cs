using System.Security.Cryptography;
using Appliance.Build.Bills;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Verbs;

/// <summary>What sbom, manifest and audit have in common: the bill of a site's image.</summary>
internal static class BillOfSite
{
    /// <summary>The version of this program.</summary>
    public static string ToolVersion { get; } =
        typeof(BillOfSite).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>Brings the inputs onto this machine, since only packages themselves tell their licences.</summary>
    public static async Task<BillOfMaterials> ReadAsync(
        VerbContext context,
        ImageOptions options,
        string siteName,
        CancellationToken token
    )
    {
        var work = BuildWork.Prepare(context, options, siteName);
        var (sets, packages) = await work.FetchAsync(token);
        using var display = new ProgressDisplay(context.Output);
        var store = SetOptions.Stores(context.Environment).Packages;
        var layers = (packages?.Packages ?? []).Select(package =>
            store.Get(package, SetOptions.Progress(display), token)
        );
        return BillWriter.Write(
            work.Site.Document,
            sets,
            [.. layers],
            (ToolVersion, await DigestAsync(options.FirstBootExecutable(context), token))
        );
    }

    private static async Task<string> DigestAsync(string path, CancellationToken token)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, token));
    }
}
