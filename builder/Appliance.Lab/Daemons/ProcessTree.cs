using System.Globalization;

namespace Appliance.Lab.Daemons;

/// <summary>A process and those that it has started, told from later ones of the same numbers by their start.</summary>
internal sealed class ProcessTree
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    private readonly List<(int Process, long Started)> members = [];

    /// <summary>Those that run now.</summary>
    public ProcessTree(int root)
    {
        var all = Directory
            .EnumerateDirectories("/proc")
            .Select(folder => Path.GetFileName(folder))
            .Where(name => name.All(char.IsAsciiDigit))
            .Select(name => ProcessStat.Of(int.Parse(name, CultureInfo.InvariantCulture)))
            .OfType<ProcessStat>()
            .ToList();
        Add(all, root);
    }

    /// <summary>Kills what is left of it and waits until all are gone, with their sockets.</summary>
    public async Task EndAsync(CancellationToken token)
    {
        foreach (var (process, started) in members)
        {
            while (ProcessStat.Of(process) is { IsCorpse: false } stat && stat.Started == started)
            {
                LiveProcess.KillNow(process);
                await Task.Delay(BetweenLooks, token);
            }
        }
    }

    private void Add(List<ProcessStat> all, int process)
    {
        if (all.Find(stat => stat.Process == process) is not { } found)
        {
            return;
        }

        members.Add((process, found.Started));
        foreach (var child in all.Where(stat => stat.Parent == process))
        {
            Add(all, child.Process);
        }
    }
}
