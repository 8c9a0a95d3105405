namespace Appliance.Build.Packages.Accounts;

/// <summary>A user to be made, as pw(8) is told it.</summary>
/// <param name="Name">Login name.</param>
/// <param name="Uid">User number.</param>
/// <param name="Gid">Number of the primary group.</param>
/// <param name="Class">Login class; empty for the default.</param>
/// <param name="Description">The comment field (GECOS).</param>
/// <param name="Home">Home directory; it need not exist.</param>
/// <param name="Shell">Login shell.</param>
public sealed record UserAccount(
    string Name,
    uint Uid,
    uint Gid,
    string Class,
    string Description,
    string Home,
    string Shell
);

/// <summary>A group to be made.</summary>
public sealed record GroupAccount(string Name, uint Gid);

/// <summary>A user to be made a member of a group.</summary>
public sealed record GroupMember(string Group, string User);
