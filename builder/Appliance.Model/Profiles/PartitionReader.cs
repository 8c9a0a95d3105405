using Appliance.Model.Reports;
using Appliance.Model.Values;
using Appliance.Model.Yaml;

namespace Appliance.Model.Profiles;

/// <summary>Reads one partition.</summary>
internal sealed class PartitionReader(NodeReader reader)
{
    private const int MostPercent = 95;

    private static readonly FreeSpace DefaultFree = new FreeSpace.Percent(20);

    private static readonly Dictionary<string, PartitionType> Types = new()
    {
        ["freebsd-boot"] = PartitionType.FreebsdBoot,
        ["efi"] = PartitionType.Efi,
        ["freebsd-ufs"] = PartitionType.FreebsdUfs,
    };

    private static readonly Dictionary<string, PartitionContent> Contents = new()
    {
        ["root"] = PartitionContent.Root,
        ["esp"] = PartitionContent.Esp,
        ["bootcode"] = PartitionContent.Bootcode,
        ["empty"] = PartitionContent.Empty,
    };

    public Partition? Read(YamlNode node)
    {
        if (reader.Mapping(node) is not { } mapping)
        {
            return null;
        }

        var map = new MappingReader(reader, mapping, node.At);
        var label = map.Required("label") is { } labelEntry
            ? reader.Scalar(labelEntry.Value)
            : null;
        var type = Word(map, "type", Types);
        var content = Word(map, "content", Contents);
        var size = ReadSize(map);
        var fileSystem = new FileSystemOptions();
        fileSystem = fileSystem with
        {
            BlockSize = map.OptionalValue<ByteSize>("block")?.Value ?? fileSystem.BlockSize,
            FragmentSize =
                map.OptionalValue<ByteSize>("fragment")?.Value ?? fileSystem.FragmentSize,
        };
        map.Finish();
        return label is null || type is null || content is null || size is null
            ? null
            : new Partition
            {
                At = node.At,
                Label = new Located<string>(label.Text, label.At),
                Type = type.Value,
                Content = content.Value,
                Size = size,
                FileSystem = fileSystem,
            };
    }

    private Located<T>? Word<T>(MappingReader map, string key, Dictionary<string, T> words) =>
        map.Required(key, $"one of {string.Join(", ", words.Keys)}") is { } entry
            ? reader.Word(entry.Value, words)
            : null;

    private Located<PartitionSize>? ReadSize(MappingReader map)
    {
        var entry = map.Required("size", "such as 34M; or fit, or rest");
        var free = ReadFree(map);
        if (entry is null || reader.Scalar(entry.Value) is not { } scalar)
        {
            return null;
        }

        if (map.Has("free") && scalar.Text != "fit")
        {
            reader.Report.Add(
                FindingCatalogue.FreeWithoutFit,
                map.Optional("free")?.At ?? map.Owner,
                "free goes with size: fit only"
            );
        }

        return scalar.Text switch
        {
            "rest" => new Located<PartitionSize>(new PartitionSize.Rest(), scalar.At),
            "fit" => new Located<PartitionSize>(new PartitionSize.Fit(free), scalar.At),
            _ => reader.Value<ByteSize>(scalar) is { } size
                ? new Located<PartitionSize>(new PartitionSize.Fixed(size.Value), scalar.At)
                : null,
        };
    }

    private FreeSpace ReadFree(MappingReader map)
    {
        if (map.Optional("free") is not { } entry || reader.Scalar(entry.Value) is not { } scalar)
        {
            return DefaultFree;
        }

        if (!scalar.Text.EndsWith('%'))
        {
            return reader.Value<ByteSize>(scalar) is { } size
                ? new FreeSpace.Amount(size.Value)
                : DefaultFree;
        }

        if (DecimalNumber.TryParse(scalar.Text.AsSpan()[..^1], MostPercent, out var percent))
        {
            return new FreeSpace.Percent((int)percent);
        }

        reader.Report.Add(
            FindingCatalogue.NotASize,
            scalar.At,
            $"{NodeReader.Show(scalar)} is not a share from 0% to {MostPercent}%"
        );
        return DefaultFree;
    }
}
