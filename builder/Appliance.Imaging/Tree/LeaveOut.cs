namespace Appliance.Imaging.Tree;

/// <summary>
/// Removes what patterns match. All patterns go down the tree together: each directory knows how far each pattern has come,
/// so a name costs one test for each pattern that is still alive there.
/// </summary>
internal sealed class LeaveOut
{
    /// <summary>A pattern, and the segment of it that the next name has to match.</summary>
    private readonly record struct Position(int Pattern, int Segment);

    private const int Undecided = -1;

    private readonly GlobPattern[] _patterns;
    private readonly int _lastNegated;
    private readonly long[] _files;
    private readonly long[] _directories;
    private readonly long[] _bytes;

    private LeaveOut(IReadOnlyList<string> patterns)
    {
        _patterns = [.. patterns.Select(text => new GlobPattern(text))];
        _lastNegated = Array.FindLastIndex(_patterns, pattern => pattern.IsNegated);
        _files = new long[_patterns.Length];
        _directories = new long[_patterns.Length];
        _bytes = new long[_patterns.Length];
    }

    /// <summary>
    /// Removes every node that a pattern matches, and what lies below. The last pattern that matches a node, or a directory
    /// above it, decides; so "!" can bring back single files of a directory that an earlier pattern removes.
    /// </summary>
    /// <exception cref="ImagingException">A pattern is not valid.</exception>
    public static LeaveOutReport Apply(FileTree tree, IReadOnlyList<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        var pass = new LeaveOut(patterns);
        if (pass._patterns.Length > 0)
        {
            Position[] start =
            [
                .. Enumerable.Range(0, pass._patterns.Length).Select(i => new Position(i, 0)),
            ];
            pass.Visit(tree.Root, start, Undecided);
        }
        return new LeaveOutReport([
            .. pass._patterns.Select(
                (pattern, i) =>
                    new PatternReport(
                        pattern.Text,
                        pass._files[i],
                        pass._directories[i],
                        pass._bytes[i]
                    )
            ),
        ]);
    }

    private void Visit(DirectoryNode directory, IReadOnlyList<Position> alive, int inherited)
    {
        var next = new List<Position>();
        foreach (TreeEntry entry in directory.SortedEntries())
        {
            next.Clear();
            int decision = inherited;
            foreach (Position position in alive)
            {
                decision = Math.Max(decision, Advance(position, entry, next));
            }
            bool isLeftOut = decision != Undecided && !_patterns[decision].IsNegated;
            if (entry.Node is DirectoryNode child && !(isLeftOut && decision > _lastNegated))
            {
                Visit(child, next.Count == 0 ? [] : [.. next], decision);
                isLeftOut &= child.Count == 0;
            }
            if (isLeftOut)
            {
                directory.Remove(entry.Name);
                CountNameless(entry.Node, decision);
            }
        }
    }

    /// <summary>Moves one pattern on over a name.</summary>
    /// <returns>The pattern when all of it has matched, otherwise <see cref="Undecided"/>.</returns>
    private int Advance(Position position, TreeEntry entry, List<Position> next)
    {
        GlobPattern pattern = _patterns[position.Pattern];
        GlobSegment segment = pattern.Segments[position.Segment];
        bool isLast = position.Segment == pattern.Segments.Length - 1;
        bool isDirectory = entry.Node is DirectoryNode;
        if (segment.IsDoubleStar && !isLast)
        {
            AddOnce(next, position, isDirectory);
            return Advance(position with { Segment = position.Segment + 1 }, entry, next);
        }
        if (!segment.Matches(entry.Name))
        {
            return Undecided;
        }
        if (!isLast)
        {
            AddOnce(next, position with { Segment = position.Segment + 1 }, isDirectory);
            return Undecided;
        }
        if (segment.IsDoubleStar)
        {
            AddOnce(next, position, isDirectory);
        }
        return isDirectory || !pattern.IsDirectoryOnly ? position.Pattern : Undecided;
    }

    private static void AddOnce(List<Position> next, Position position, bool isDirectory)
    {
        if (isDirectory && !next.Contains(position))
        {
            next.Add(position);
        }
    }

    /// <summary>Counts a node that has just lost a name, and takes the names out of a directory that has.</summary>
    private void CountNameless(TreeNode node, int pattern)
    {
        if (node is DirectoryNode directory)
        {
            _directories[pattern]++;
            foreach (TreeNode child in directory.Children.Values)
            {
                child.NameCount--;
                CountNameless(child, pattern);
            }
            return;
        }
        _files[pattern]++;
        _bytes[pattern] += node is FileNode file && node.NameCount == 0 ? file.Content.Length : 0;
    }
}
