using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Appliance.FirstBoot.Machine;

namespace Appliance.FirstBoot.State;

/// <summary>The service's own files; each appears whole or not at all.</summary>
internal sealed class StateStore(IMachine machine)
{
    private const string BootCountPath = "/var/db/appliance/boots";
    private const string BootMarkerPath = "/var/run/appliance/boot";
    private const int PublicMode = 0b110_100_100;

    /// <summary>Null when nothing was applied, or when the record cannot be read: then it is done again.</summary>
    public ApplianceState? ReadState()
    {
        var state = Read(ApplianceState.TargetPath, StateJsonContext.Default.ApplianceState);
        return state?.Schema == ApplianceState.CurrentSchema ? state : null;
    }

    public void WriteState(ApplianceState state) =>
        Write(ApplianceState.TargetPath, state, StateJsonContext.Default.ApplianceState);

    public void DeleteState() => machine.Delete(ApplianceState.TargetPath);

    public Journal? ReadJournal() => Read(Journal.TargetPath, StateJsonContext.Default.Journal);

    public void WriteJournal(Journal journal) =>
        Write(Journal.TargetPath, journal, StateJsonContext.Default.Journal);

    public void DeleteJournal() => machine.Delete(Journal.TargetPath);

    public EarlyStage? ReadEarlyStage() =>
        Read(EarlyStage.TargetPath, StateJsonContext.Default.EarlyStage);

    public void WriteEarlyStage(EarlyStage stage) =>
        Write(EarlyStage.TargetPath, stage, StateJsonContext.Default.EarlyStage);

    /// <summary>Number of this boot, from 1. Asked twice in one boot it gives the same number.</summary>
    public int CountBoot()
    {
        var count = ReadNumber(BootMarkerPath);
        if (count == 0)
        {
            count = ReadNumber(BootCountPath) + 1;
            WriteWhole(BootCountPath, Encoding.ASCII.GetBytes($"{count}\n"));
            WriteWhole(BootMarkerPath, Encoding.ASCII.GetBytes($"{count}\n"));
        }

        return count;
    }

    /// <summary>Writes aside, then renames.</summary>
    public void WriteWhole(string path, ReadOnlySpan<byte> content)
    {
        machine.CreateFolder(path[..path.LastIndexOf('/')]);
        machine.Write(path + ".new", content, FileOwner.Root, PublicMode);
        machine.Rename(path + ".new", path);
    }

    private void Write<T>(string path, T value, JsonTypeInfo<T> type) =>
        WriteWhole(path, [.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n']);

    private T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return machine.Read(path) is { } content
                ? JsonSerializer.Deserialize(content, type)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private int ReadNumber(string path) =>
        machine.Read(path) is { } content
        && int.TryParse(
            Encoding.ASCII.GetString(content).Trim(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : 0;
}
