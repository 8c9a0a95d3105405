using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files;

/// <summary>
/// Collects settings in the order in which a person would read them. A name stands once: in rc.conf(5) the
/// later line would silently win.
/// </summary>
internal sealed class SettingGroups
{
    private readonly List<SettingGroupView> groups = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    public IReadOnlyList<SettingGroupView> Groups => groups;

    /// <summary>Adds a group with quoted values; nothing when there are no settings.</summary>
    /// <param name="comment">Why these settings, line by line.</param>
    /// <param name="settings">Name and value; a null value leaves the setting out.</param>
    public void AddQuoted(
        string comment,
        params IEnumerable<(string Name, string? Value)> settings
    ) => Add(comment, settings, QuotedValue.Of);

    /// <summary>Adds a group whose values stand as they are, for sysctl.conf(5).</summary>
    public void AddPlain(
        string comment,
        params IEnumerable<(string Name, string? Value)> settings
    ) => Add(comment, settings, (_, value) => value);

    private void Add(
        string comment,
        IEnumerable<(string Name, string? Value)> settings,
        Func<string, string, string> write
    )
    {
        List<SettingView> present =
        [
            .. from setting in settings
            where setting.Value is not null
            select new SettingView(setting.Name, write(setting.Name, setting.Value)),
        ];
        foreach (var setting in present)
        {
            if (!names.Add(setting.Name))
            {
                throw new RenderingException(setting.Name, "the setting occurs twice");
            }
        }

        if (present.Count > 0)
        {
            groups.Add(new SettingGroupView(comment.Split('\n'), present));
        }
    }
}
