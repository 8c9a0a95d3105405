using System.Text.Json;
using Appliance.Sources.Archives;

namespace Appliance.Sources.Packages.Repositories;

/// <summary>
/// Reads the packages of a catalogue while it is unpacked: never more than one manifest and what is kept of the others is
/// in memory. A manifest that does not fit what has arrived is read again when more has.
/// </summary>
internal sealed class CatalogueReader(CatalogueForm form, RepositoryLimits limits)
{
    private const int FirstBuffer = 1 << 20;
    private readonly List<IndexedPackage> packages = [];
    private readonly IndexedPackageReader manifests = new();
    private byte[] buffer = new byte[Math.Min(FirstBuffer, limits.ManifestBytes)];
    private int filled;
    private bool isInPackages;

    private JsonReaderState state = new(
        new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = 16 }
    );

    /// <exception cref="ArchiveException">It is no catalogue, or a larger one than is allowed.</exception>
    public IReadOnlyList<IndexedPackage> Read(Stream content, CancellationToken token)
    {
        try
        {
            for (var isFinal = false; !isFinal; )
            {
                token.ThrowIfCancellationRequested();
                isFinal = !Fill(content);
                Consume(isFinal);
            }

            return packages;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new ArchiveException(
                $"its catalogue is damaged behind package {packages.Count}: {exception.Message}",
                exception
            );
        }
    }

    /// <summary>Takes up what comes next; false at the end.</summary>
    private bool Fill(Stream content)
    {
        if (filled == buffer.Length)
        {
            if (buffer.Length >= limits.ManifestBytes)
            {
                throw new ArchiveException(
                    $"a manifest in its catalogue is larger than the {limits.ManifestBytes} bytes that are allowed"
                );
            }

            Array.Resize(ref buffer, Math.Min(buffer.Length * 2, limits.ManifestBytes));
        }

        var read = content.ReadAtLeast(
            buffer.AsSpan(filled),
            buffer.Length - filled,
            throwOnEndOfStream: false
        );
        filled += read;
        return filled == buffer.Length;
    }

    /// <summary>Reads all packages that are whole in the buffer, and moves the rest to its start.</summary>
    private void Consume(bool isFinal)
    {
        var reader = new Utf8JsonReader(buffer.AsSpan(0, filled), isFinal, state);
        long consumed;
        while (true)
        {
            (state, consumed) = (reader.CurrentState, reader.BytesConsumed);
            if (!reader.Read())
            {
                (state, consumed) = (reader.CurrentState, reader.BytesConsumed);
                break;
            }

            if (!IsPackage(ref reader))
            {
                continue;
            }

            if (manifests.TryRead(ref reader) is not { } package)
            {
                break;
            }

            packages.Add(package);
            if (packages.Count > limits.Packages)
            {
                throw new ArchiveException($"it has more than {limits.Packages} packages");
            }
        }

        buffer.AsSpan((int)consumed, filled - (int)consumed).CopyTo(buffer);
        filled -= (int)consumed;
    }

    private bool IsPackage(ref Utf8JsonReader reader)
    {
        if (form == CatalogueForm.Lines)
        {
            return reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == 0
                ? true
                : throw new ArchiveException("its catalogue is none: a line is no manifest");
        }

        if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
        {
            isInPackages = reader.ValueTextEquals("packages"u8);
        }
        else if (reader.CurrentDepth == 0 && reader.TokenType != JsonTokenType.EndObject)
        {
            isInPackages = false;
            return reader.TokenType == JsonTokenType.StartObject
                ? false
                : throw new ArchiveException("its catalogue is none: it is no object");
        }

        return isInPackages
            && reader.TokenType == JsonTokenType.StartObject
            && reader.CurrentDepth == 2;
    }
}
