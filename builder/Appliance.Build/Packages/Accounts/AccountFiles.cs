using System.Text;
using Appliance.Imaging.Tree;

namespace Appliance.Build.Packages.Accounts;

/// <summary>
/// The target's users and groups while packages add theirs, and the five files they stand in. It does what pw(8) does on
/// a FreeBSD: an account that is there already is used as it is, a number that another name has is an error.
/// </summary>
internal sealed class AccountFiles
{
    /// <summary>The origin of the files in the tree.</summary>
    public const string Origin = "accounts";

    private const string MasterPath = "/etc/master.passwd";
    private const string GroupPath = "/etc/group";

    // Permission bits of the files: 0600 where passwords are, 0644 elsewhere.
    private const int Secret = 0b110_000_000;
    private const int Readable = 0b110_100_100;

    private readonly List<PasswordEntry> users;
    private readonly List<GroupEntry> groups;
    private string master;
    private readonly string groupComments;
    private bool changed;

    private AccountFiles(string master, string group)
    {
        this.master = WithLastNewline(master);
        users =
        [
            .. Lines(master)
                .Where(line => !IsComment(line.Text))
                .Select(line => PasswordEntry.Parse(line.Text, $"{MasterPath}:{line.Number}")),
        ];
        groupComments = string.Concat(
            Lines(group)
                .Where(line => IsComment(line.Text) && line.Text.Length > 0)
                .Select(line => line.Text + "\n")
        );
        groups =
        [
            .. Lines(group)
                .Where(line => !IsComment(line.Text))
                .Select(line => GroupEntry.Parse(line.Text)),
        ];
    }

    /// <summary>Reads the accounts of a tree.</summary>
    /// <exception cref="BuildException">The tree has none, or they are damaged.</exception>
    public static AccountFiles Of(FileTree tree) =>
        new(ReadText(tree, MasterPath), ReadText(tree, GroupPath));

    /// <summary>The user's number, or null.</summary>
    public uint? Uid(string name) => users.Find(user => user.Name == name)?.Uid;

    /// <summary>The group's number, or null.</summary>
    public uint? Gid(string name) => groups.Find(group => group.Name == name)?.Gid;

    /// <summary>Makes a group unless it is there.</summary>
    /// <exception cref="BuildException">Another group has its number.</exception>
    public void Add(GroupAccount group, string package)
    {
        if (Gid(group.Name) is not null)
        {
            return;
        }

        if (groups.Find(other => other.Gid == group.Gid) is { } taken)
        {
            throw Conflict(package, $"group {group.Name}", group.Gid, $"group {taken.Name}");
        }

        groups.Add(new GroupEntry(group.Name, "*", group.Gid, []));
        changed = true;
    }

    /// <summary>Makes a user unless it is there.</summary>
    /// <exception cref="BuildException">Another user has its number, or its group does not exist.</exception>
    public void Add(UserAccount user, string package)
    {
        if (Uid(user.Name) is not null)
        {
            return;
        }

        if (users.Find(other => other.Uid == user.Uid) is { } taken)
        {
            throw Conflict(package, $"user {user.Name}", user.Uid, $"user {taken.Name}");
        }

        if (groups.TrueForAll(group => group.Gid != user.Gid))
        {
            throw new BuildException(
                BuildFailure.BadInput,
                $"package {package}: its user {user.Name} has the group number {user.Gid}, which no group has"
            );
        }

        var entry = PasswordEntry.Of(user);
        users.Add(entry);
        master += entry.ToMasterLine() + "\n";
        changed = true;
    }

    /// <summary>Makes a user a member of a group unless it is one.</summary>
    /// <exception cref="BuildException">There is no such group.</exception>
    public void Add(GroupMember member, string package)
    {
        var index = groups.FindIndex(group => group.Name == member.Group);
        if (index < 0)
        {
            throw new BuildException(
                BuildFailure.BadInput,
                $"package {package}: it adds {member.User} to the group {member.Group}, which does not exist"
            );
        }

        var group = groups[index];
        if (!group.Members.Contains(member.User))
        {
            groups[index] = group with { Members = [.. group.Members, member.User] };
            changed = true;
        }
    }

    /// <summary>
    /// Locks every account: an empty password field lets anybody in on the console, and a hash would be the same on every
    /// machine; "*" matches nothing (passwd(5)). First boot sets the console password where the owner has one.
    /// </summary>
    public void Lock()
    {
        var lines = master.Split('\n');
        for (var index = 0; index < users.Count; index++)
        {
            var user = users[index];
            if (user.Password.StartsWith('*'))
            {
                continue;
            }

            var locked = user.Locked();
            users[index] = locked;
            var line = Array.FindIndex(
                lines,
                text => text.StartsWith($"{user.Name}:", StringComparison.Ordinal)
            );
            lines[line] = locked.ToMasterLine();
            changed = true;
        }

        master = string.Join('\n', lines);
    }

    /// <summary>
    /// Puts the files into the tree: text and databases, all of one state. Nothing is written when nothing was added and
    /// the databases are there, so a system made of sets alone keeps the release's own.
    /// </summary>
    public void WriteTo(FileTree tree, long time)
    {
        if (!changed && tree.Find("/etc/pwd.db") is FileNode)
        {
            return;
        }

        void Put(string path, byte[] content, int mode) =>
            tree.AddFile(
                path,
                FileContent.FromBytes(content),
                new NodeMetadata(0, 0, mode, time),
                Origin
            );

        Put(MasterPath, Encoding.UTF8.GetBytes(master), Secret);
        Put("/etc/passwd", Text("", users.Select(user => user.ToPublicLine())), Readable);
        Put(GroupPath, Text(groupComments, groups.Select(group => group.ToLine())), Readable);
        Put("/etc/pwd.db", PasswordDatabase.Public(users), Readable);
        Put("/etc/spwd.db", PasswordDatabase.Secure(users), Secret);
    }

    private static byte[] Text(string head, IEnumerable<string> lines) =>
        Encoding.UTF8.GetBytes(head + string.Concat(lines.Select(line => line + "\n")));

    private static IEnumerable<(int Number, string Text)> Lines(string text) =>
        text.Split('\n').Select((line, index) => (index + 1, line));

    /// <summary>What pwd_mkdb skips: empty lines, and those whose first character but blanks is '#'.</summary>
    private static bool IsComment(string line) => line.TrimStart(' ', '\t') is "" or ['#', ..];

    private static string WithLastNewline(string text) =>
        text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";

    private static string ReadText(FileTree tree, string path)
    {
        if (tree.Find(path) is not FileNode { Content: var content })
        {
            throw new BuildException(
                BuildFailure.BadInput,
                $"the base system has no {path}; is 'base' among the profile's sets, or FreeBSD-runtime among its packages?"
            );
        }

        var bytes = new byte[content.Length];
        content.Read(0, bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private static BuildException Conflict(
        string package,
        string wanted,
        uint number,
        string taken
    ) =>
        new(
            BuildFailure.BadInput,
            $"package {package}: its {wanted} wants the number {number}, which the {taken} has"
        );
}
