using System.Text;
using Appliance.Imaging.Tree;

namespace Appliance.Boot.Tests;

/// <summary>A script that a test adds to rc(8), at a stated place in its order.</summary>
internal static class RcScript
{
    private const int Executable = 0b101_101_101;

    /// <param name="tree">The root file system.</param>
    /// <param name="name">Of the script, and what it provides.</param>
    /// <param name="requires">What comes before it.</param>
    /// <param name="before">What comes after it.</param>
    /// <param name="body">Shell commands.</param>
    public static void Add(
        FileTree tree,
        string name,
        string requires,
        string before,
        string body
    ) =>
        AddFile(
            tree,
            $"/usr/local/etc/rc.d/{name}",
            $"""
            #!/bin/sh
            # PROVIDE: {name}
            # REQUIRE: {requires}
            # BEFORE: {before}
            . /etc/rc.subr
            name={name}
            start_cmd={name}_run
            stop_cmd=:
            {name}_run()
            """
                + "\n{\n"
                + body
                + "\n}\nrun_rc_command \"$1\"\n"
        );

    /// <summary>An executable file of root's.</summary>
    public static void AddFile(FileTree tree, string path, string text) =>
        tree.AddFile(
            path,
            FileContent.FromBytes(
                Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal))
            ),
            new NodeMetadata(0, 0, Executable, 0),
            "test"
        );
}
