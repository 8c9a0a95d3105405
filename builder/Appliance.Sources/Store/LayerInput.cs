using Appliance.Sources.Archives;
using Appliance.Sources.Archives.Tar;
using Appliance.Sources.Sets;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Store;

/// <summary>An archive that a layer is made of.</summary>
internal abstract class LayerInput
{
    /// <summary>The name of the layer, e.g. <c>base</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The name of the archive in the progress.</summary>
    public abstract string FileName { get; }

    /// <summary>Where the archive lies.</summary>
    public abstract string Path { get; }

    /// <summary>The digest of the archive: 64 lowercase hexadecimal digits.</summary>
    public abstract string Sha256 { get; }

    /// <summary>Opens the archive if it is what it has to be.</summary>
    /// <exception cref="SourceException">It is missing or is another one.</exception>
    public abstract SafeFileHandle OpenVerified(
        IProgress<SourceProgress>? progress,
        CancellationToken token
    );

    /// <summary>The most bytes that the archive may unpack to.</summary>
    public virtual long MaximumBytes(LayerStoreOptions options) => options.MaximumUnpackedBytes;

    /// <summary>Whether it may be packed in any way that is known; otherwise it has to be an .xz file.</summary>
    public virtual bool IsPackedAnyhow => false;

    /// <summary>The entry as it belongs into the layer.</summary>
    /// <exception cref="ArchiveException">It belongs into no layer.</exception>
    public virtual TarEntry Place(TarEntry entry) => entry;

    /// <summary>Compares the decoded content with what the archive says of itself, before anybody sees it.</summary>
    /// <exception cref="ArchiveException">They disagree.</exception>
    public virtual void Check(IReadOnlyList<LayerEntry> entries, LayerPayload payload) { }
}

/// <summary>A release set.</summary>
internal sealed class SetInput(ResolvedSet set) : LayerInput
{
    public override string Name => set.Name;

    public override string FileName => set.FileName;

    public override string Path => set.Path;

    public override string Sha256 => set.Sha256;

    public override SafeFileHandle OpenVerified(
        IProgress<SourceProgress>? progress,
        CancellationToken token
    ) => SetVerification.OpenVerified(set, progress, token);
}
