using System.Globalization;
using System.Text;
using Appliance.Imaging.Tree;

namespace Appliance.Build.Composition;

/// <summary>The users and groups of the target, by name (passwd(5), group(5)).</summary>
public sealed class AccountTable
{
    private readonly Dictionary<string, uint> users;
    private readonly Dictionary<string, uint> groups;

    private AccountTable(Dictionary<string, uint> users, Dictionary<string, uint> groups)
    {
        this.users = users;
        this.groups = groups;
    }

    /// <summary>Reads <c>etc/master.passwd</c> and <c>etc/group</c> of a tree.</summary>
    /// <exception cref="BuildException">The tree has no such files.</exception>
    public static AccountTable Of(FileTree tree) =>
        new(Names(tree, "etc/master.passwd"), Names(tree, "etc/group"));

    /// <exception cref="BuildException">The target has no such user.</exception>
    public uint User(string name) => Find(users, name, "user");

    /// <exception cref="BuildException">The target has no such group.</exception>
    public uint Group(string name) => Find(groups, name, "group");

    private static uint Find(Dictionary<string, uint> names, string name, string kind) =>
        names.TryGetValue(name, out var number)
            ? number
            : throw new BuildException(
                BuildFailure.BadInput,
                $"the overlay names the {kind} '{name}', which the sets do not have"
            );

    private static Dictionary<string, uint> Names(FileTree tree, string path)
    {
        if (tree.Find(path) is not FileNode { Content: var content })
        {
            throw new BuildException(
                BuildFailure.BadInput,
                $"the sets have no /{path}; is 'base' among the profile's sets?"
            );
        }

        var bytes = new byte[content.Length];
        content.Read(0, bytes);
        var names = new Dictionary<string, uint>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n'))
        {
            var fields = line.Split(':');
            if (
                fields.Length >= 4
                && uint.TryParse(fields[2], CultureInfo.InvariantCulture, out var number)
            )
            {
                // Several names may share a number, as root and toor do; the reverse cannot happen.
                names.TryAdd(fields[0], number);
            }
        }

        return names;
    }
}
