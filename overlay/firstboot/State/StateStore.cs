using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Signatures;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.State;

/// <summary>The service's own files; each appears whole or not at all.</summary>
internal sealed class StateStore(IMachine machine)
{
    private const string Folder = "/var/db/appliance";
    private const string BootCountPath = $"{Folder}/boots";
    private const string BootMarkerPath = "/var/run/appliance/boot";
    private const int PublicMode = 0b110_100_100;
    private const int PrivateMode = 0b110_000_000;

    /// <summary>The site document with what metadata filled in: what the machine is to be.</summary>
    public const string DocumentPath = $"{Folder}/site.json";

    /// <summary>Null when nothing was applied, or when the record cannot be read: then it is done again.</summary>
    public ApplianceState? ReadState()
    {
        var state = Read(ApplianceState.TargetPath, StateJsonContext.Default.ApplianceState);
        return state?.Schema == ApplianceState.CurrentSchema ? state : null;
    }

    public void WriteState(ApplianceState state) =>
        Write(ApplianceState.TargetPath, state, StateJsonContext.Default.ApplianceState);

    /// <summary>The next run, and the next boot, ask all sources again.</summary>
    public void ForgetFingerprint()
    {
        if (ReadState() is { } state)
        {
            WriteState(state with { Fingerprint = null });
        }
    }

    public void DeleteState()
    {
        machine.Delete(ApplianceState.TargetPath);
        machine.Flush(Folder);
    }

    /// <summary>
    /// It is written whole, so one that says nothing is what a power failure left of one that was removed already.
    /// </summary>
    public Journal? ReadJournal() =>
        machine.Mode(Journal.TargetPath) is null
            ? null
            : Read(Journal.TargetPath, StateJsonContext.Default.Journal) ?? new Journal { Run = 0 };

    public void WriteJournal(Journal journal) =>
        Write(Journal.TargetPath, journal, StateJsonContext.Default.Journal);

    public void DeleteJournal()
    {
        machine.Delete(Journal.TargetPath);
        machine.Flush(Folder);
    }

    public EarlyStage? ReadEarlyStage() =>
        Read(EarlyStage.TargetPath, StateJsonContext.Default.EarlyStage);

    public void WriteEarlyStage(EarlyStage stage) =>
        _ = TryWriteWhole(
            EarlyStage.TargetPath,
            JsonSerializer.SerializeToUtf8Bytes(stage, StateJsonContext.Default.EarlyStage)
        );

    /// <summary>The document that was applied, null when none was.</summary>
    public byte[]? ReadDocument() => machine.Read(DocumentPath);

    /// <summary>What an earlier run stored; none when there is nothing.</summary>
    public IReadOnlyDictionary<string, string> ReadSecrets() =>
        Read(StoredSecrets.TargetPath, StateJsonContext.Default.StoredSecrets)?.Values
        ?? new Dictionary<string, string>();

    /// <summary>The last signed document that was accepted, null when there is none.</summary>
    public SignedDocument? ReadAccepted() =>
        machine.Read(SignedDocument.DocumentPath) is { } document
        && machine.Read(SignedDocument.SignaturePath) is { } signature
            ? new SignedDocument(document, Encoding.UTF8.GetString(signature))
            : null;

    /// <summary>
    /// The document and the secrets as files of the transaction: old or new together with everything that was
    /// made of them.
    /// </summary>
    public static IReadOnlyList<RenderedFile> Files(
        byte[] document,
        IReadOnlyDictionary<string, string> secrets,
        SignedDocument? accepted = null
    ) =>
        [
            .. accepted is null
                ? Array.Empty<RenderedFile>()
                :
                [
                    new(SignedDocument.DocumentPath, Encoding.UTF8.GetString(accepted.Content)),
                    new(SignedDocument.SignaturePath, accepted.Signature),
                ],
            new(DocumentPath, Encoding.UTF8.GetString(document)),
            new(
                StoredSecrets.TargetPath,
                JsonSerializer.Serialize(
                    new StoredSecrets { Values = secrets },
                    StateJsonContext.Default.StoredSecrets
                ) + "\n",
                Mode: PrivateMode
            ),
        ];

    /// <summary>A document as it is stored: always the same bytes for the same document.</summary>
    public static byte[] Written(SiteDocument document) => SiteDocumentJson.Write(document);

    public static string DigestOf(IReadOnlyDictionary<string, string> secrets) =>
        Sha256.Hex(
            Encoding.UTF8.GetBytes(
                string.Concat(
                    secrets
                        .OrderBy(secret => secret.Key, StringComparer.Ordinal)
                        .Select(secret => $"{secret.Key}\n{secret.Value}\n")
                )
            )
        );

    /// <summary>Number of this boot, from 1. Asked twice in one boot it gives the same number.</summary>
    public int CountBoot()
    {
        var count = ReadNumber(BootMarkerPath);
        if (count == 0)
        {
            count = ReadNumber(BootCountPath) + 1;
            _ =
                TryWriteWhole(BootCountPath, Encoding.ASCII.GetBytes($"{count}\n"))
                ?? TryWriteWhole(BootMarkerPath, Encoding.ASCII.GetBytes($"{count}\n"));
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

    /// <summary>The same for what is told in another way, too: a disk that takes no change must not keep it quiet.</summary>
    /// <returns>Why it could not be written; null when it was.</returns>
    public string? TryWriteWhole(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            WriteWhole(path, content);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
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
