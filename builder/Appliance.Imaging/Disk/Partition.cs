namespace Appliance.Imaging.Disk;

/// <summary>A partition as the layout asks for it.</summary>
/// <param name="Label">GPT name; at most 36 UTF-16 units, unique on the disk.</param>
/// <param name="Type">Partition type: see <see cref="Gpt.PartitionTypes"/>.</param>
/// <param name="Id">GUID of this very partition.</param>
/// <param name="Size">Bytes; null means as long as the content. Rounded up to whole sectors.</param>
/// <param name="Content">What it holds; null leaves it empty.</param>
/// <param name="Attributes">GPT attribute bits, for instance <see cref="Gpt.PartitionTypes.BootMe"/>.</param>
public sealed record Partition(
    string Label,
    Guid Type,
    Guid Id,
    long? Size,
    PartitionContent? Content,
    ulong Attributes = 0
);
