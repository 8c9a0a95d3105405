using Appliance.Sources.Archives;
using Appliance.Sources.Archives.Tar;
using Appliance.Sources.Files;
using Appliance.Sources.Packages.Manifests;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Store;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Packages.Archives;

/// <summary>A package file on its way into the content store.</summary>
internal sealed class PackageInput(ResolvedPackage package) : LayerInput
{
    private readonly PackageEntries entries = new();

    public override string Name => package.Name;

    public override string FileName => package.FileName;

    public override string Path => package.Path;

    public override string Sha256 =>
        package.Sha256
        ?? throw new SourceException(
            SourceFailure.Missing,
            $"{package.FullName}: it has not been fetched yet"
        );

    public override SafeFileHandle OpenVerified(
        IProgress<SourceProgress>? progress,
        CancellationToken token
    ) => VerifiedFile.Open(Demand(package), progress, token);

    public static FileDemand Demand(ResolvedPackage package) =>
        new(
            package.Path,
            package.FileName,
            package.Sha256!,
            package.Size,
            "Bring it here, or fetch it with `appliance sets --fetch`",
            "Remove it to have it downloaded again; or, if the repository has another one by now, "
                + "look at the change with `appliance lock --update`"
        );

    public override long MaximumBytes(LayerStoreOptions options) => options.MaximumPackageBytes;

    public override bool IsPackedAnyhow => true;

    public override TarEntry Place(TarEntry entry) => entries.Place(entry);

    public override void Check(IReadOnlyList<LayerEntry> entries, LayerPayload payload)
    {
        var manifest = ReadManifest(entries, payload, package.FileName);
        PackageAgreement.CheckIdentity(package, manifest);
        PackageAgreement.CheckContent(manifest, entries, payload);
    }

    /// <summary>The <c>+MANIFEST</c> of a decoded package.</summary>
    /// <exception cref="ArchiveException">It has none.</exception>
    public static PackageManifest ReadManifest(
        IEnumerable<LayerEntry> entries,
        LayerPayload payload,
        string origin
    )
    {
        var entry =
            entries.FirstOrDefault(entry => entry.Path == PackageEntries.Manifest)
            ?? throw new ArchiveException($"it has no {PackageEntries.Manifest}: it is no package");
        if (entry.Length > ManifestReader.MaximumBytes)
        {
            throw new ArchiveException(
                $"its manifest of {entry.Length} bytes is larger than the {ManifestReader.MaximumBytes} that are allowed"
            );
        }

        var bytes = new byte[entry.Length];
        _ = payload.Read(entry, 0, bytes);
        return ManifestReader.Read(bytes, $"{origin}: {PackageEntries.Manifest}");
    }
}
