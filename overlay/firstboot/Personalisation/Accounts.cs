using System.Globalization;
using System.Text;
using Appliance.FirstBoot.Machine;
using Appliance.Rendering;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>User and group numbers from passwd(5) and group(5): the process resolves no names.</summary>
internal sealed class Accounts
{
    private readonly Dictionary<string, int> users;
    private readonly Dictionary<string, int> groups;

    private Accounts(Dictionary<string, int> users, Dictionary<string, int> groups) =>
        (this.users, this.groups) = (users, groups);

    public static Accounts Read(IMachine machine) =>
        new(Numbers(machine.Read("/etc/passwd")), Numbers(machine.Read("/etc/group")));

    /// <summary>Root or wheel where a name does not exist: nobody else gets to read the file then.</summary>
    public FileOwner OwnerOf(RenderedFile file) =>
        new(users.GetValueOrDefault(file.Owner), groups.GetValueOrDefault(file.Group));

    /// <summary>The owner's name that the file will have.</summary>
    public string UserOf(RenderedFile file) => users.ContainsKey(file.Owner) ? file.Owner : "root";

    /// <summary>The group's name that the file will have.</summary>
    public string GroupOf(RenderedFile file) =>
        groups.ContainsKey(file.Group) ? file.Group : "wheel";

    /// <summary>"name:*:number:…", the form of both files.</summary>
    private static Dictionary<string, int> Numbers(byte[]? content)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(content ?? []).Split('\n'))
        {
            if (
                line.Split(':') is [var name, _, var text, ..]
                && int.TryParse(
                    text,
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var number
                )
            )
            {
                numbers.TryAdd(name, number);
            }
        }

        return numbers;
    }
}
