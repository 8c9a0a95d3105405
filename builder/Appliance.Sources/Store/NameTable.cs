using System.Text;
using Appliance.Sources.Archives;

namespace Appliance.Sources.Store;

/// <summary>The few names of owners and groups, so that an entry of the index needs two bytes for each.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, ushort> indexes = new(StringComparer.Ordinal);
    private readonly List<string> names = [];

    public void Add(string name)
    {
        if (indexes.ContainsKey(name))
        {
            return;
        }

        if (names.Count > ushort.MaxValue)
        {
            throw new ArchiveException($"it has more than {ushort.MaxValue} owners");
        }

        indexes.Add(name, (ushort)names.Count);
        names.Add(name);
    }

    public ushort IndexOf(string name) => indexes[name];

    public void Write(BinaryWriter writer)
    {
        writer.Write(names.Count);
        foreach (var name in names)
        {
            WriteText(writer, name);
        }
    }

    public static string[] Read(ref SpanReader reader)
    {
        var count = reader.Int32();
        if (count < 0 || count > reader.Remaining / sizeof(ushort))
        {
            throw new ArchiveException("the index of the layer is too short for its names");
        }

        var table = new string[count];
        for (var index = 0; index < count; index++)
        {
            table[index] = reader.Text();
        }

        return table;
    }

    public static string Name(string[] table, int index) =>
        index < table.Length
            ? table[index]
            : throw new ArchiveException("the index of the layer names an owner it does not have");

    /// <summary>UTF-8 behind its length in 16 bits, as <see cref="SpanReader.Text"/> reads it.</summary>
    public static void WriteText(BinaryWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        writer.Write(checked((ushort)bytes.Length));
        writer.Write(bytes);
    }
}
