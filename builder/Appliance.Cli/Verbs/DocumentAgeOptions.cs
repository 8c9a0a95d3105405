using System.CommandLine;
using Appliance.Cli.Locations;
using Appliance.Rendering.Documents;

namespace Appliance.Cli.Verbs;

/// <summary>How new a document is, and how long it may be accepted: <c>--serial</c> and <c>--not-after</c>.</summary>
internal sealed class DocumentAgeOptions
{
    private readonly Option<long?> serial = new("--serial")
    {
        Description =
            "Number that grows with each document (default: the network file's, else with signing_keys the time)",
        HelpName = "N",
    };

    private readonly Option<string?> notAfter = new("--not-after")
    {
        Description = "When machines stop accepting it as a new one, such as 2026-12-31T00:00:00Z",
        HelpName = "TIME",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(serial);
        command.Options.Add(notAfter);
    }

    /// <summary>
    /// The document with its serial number. One that takes it from the network file is the same as in an image.
    /// </summary>
    /// <exception cref="UsageException">An option is out of its range.</exception>
    public SiteDocument Apply(VerbContext context, SiteDocument document)
    {
        var now = context.Environment.Clock.GetUtcNow();
        var given = context.Get(serial);
        if (given is < 1 or > DocumentSigning.HighestSerial)
        {
            throw new UsageException($"--serial is 1 to {DocumentSigning.HighestSerial}");
        }

        if (context.Get(notAfter) is { } text)
        {
            if (!DocumentTime.TryParse(text, out var end))
            {
                throw new UsageException(
                    $"--not-after is a time in UTC such as {DocumentTime.Write(now.AddDays(30))}"
                );
            }

            if (end <= now)
            {
                throw new UsageException($"--not-after {text} is over already");
            }
        }

        var isSigned = document.Admin.SigningKeys is { Count: > 0 };
        var isDated =
            given is not null
            || context.Get(notAfter) is not null
            || (isSigned && document.Serial is null);
        return isDated
            ? document with
            {
                Serial = given ?? document.Serial ?? now.ToUnixTimeSeconds(),
                Issued = DocumentTime.Write(now),
                NotAfter = context.Get(notAfter),
            }
            : document;
    }
}
