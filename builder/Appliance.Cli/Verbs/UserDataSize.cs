using System.CommandLine;
using System.Globalization;
using System.Text;
using Appliance.Build.Seeds;
using Appliance.Rendering;

namespace Appliance.Cli.Verbs;

/// <summary>Whether user data fits into a provider's field: <c>--provider</c>.</summary>
internal sealed class UserDataSize
{
    private readonly Option<string?> provider = new("--provider")
    {
        Description =
            $"Refuse user data that this provider does not take: {string.Join(", ", UserDataLimit.All.Select(limit => limit.Provider))}",
        HelpName = "NAME",
    };

    public void AddTo(Command command)
    {
        provider.AcceptOnlyFromAmong([.. UserDataLimit.All.Select(limit => limit.Provider)]);
        command.Options.Add(provider);
    }

    /// <exception cref="RenderingException">The provider that was named takes less.</exception>
    public void Check(VerbContext context, string text, bool isForForm)
    {
        var size = Encoding.UTF8.GetByteCount(text);
        var named = context.Get(provider);
        if (UserDataLimit.All.FirstOrDefault(limit => limit.Provider == named) is { } limit)
        {
            if (size > limit.Bytes)
            {
                throw new RenderingException(
                    "user data",
                    Invariant(
                        $"it has {size:N0} bytes, and {limit.Provider} takes {limit.Bytes:N0} ({limit.Source}, {UserDataLimit.Date:yyyy-MM-dd}); attach the seed as a medium instead"
                    )
                );
            }

            return;
        }

        var tooSmall = UserDataLimit.All.Where(limit => size > limit.Bytes).ToList();
        if (isForForm && tooSmall.Count > 0)
        {
            context.Output.Note(
                Invariant($"note: the user data has {size:N0} bytes, too many for ")
                    + string.Join(
                        ", ",
                        tooSmall.Select(limit => Invariant($"{limit.Provider} ({limit.Bytes:N0})"))
                    )
            );
        }
    }

    private static string Invariant(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
