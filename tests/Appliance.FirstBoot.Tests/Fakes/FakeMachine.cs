using System.Text;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Media;

namespace Appliance.FirstBoot.Tests.Fakes;

/// <summary>Files in memory, programs as functions, a clock that moves only when somebody waits.</summary>
internal sealed class FakeMachine : IMachine
{
    /// <summary>Names whose removal is not on the disk yet, as with soft updates.</summary>
    private readonly Dictionary<string, FakeFile> removed = [];

    private bool isOff;

    public SortedDictionary<string, FakeFile> Files { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Func<IReadOnlyList<string>, ProgramResult>> Programs { get; } = [];

    /// <summary>Every change so far, "rename /a /b", and every program run, "run /sbin/ifconfig -a".</summary>
    public List<string> Log { get; } = [];

    /// <summary>Power goes just before this change, counted from 0; a write before it may be half done.</summary>
    public int? PowerLossAt { get; set; }

    /// <summary>Changes for which this is true fail like a full disk.</summary>
    public Func<string, bool> Fails { get; set; } = _ => false;

    public int Changes { get; private set; }

    /// <summary>A disk that says it has written what it has not.</summary>
    public bool ForgetsFlushes { get; set; }

    /// <summary>What the running program has on its standard input.</summary>
    public string? Input { get; private set; }

    /// <summary>Disks by the path of their device.</summary>
    public SortedDictionary<string, byte[]> Disks { get; } = new(StringComparer.Ordinal);

    /// <summary>What the clock says when the service starts.</summary>
    public DateTimeOffset Clock { get; set; } = DateTimeOffset.UnixEpoch;

    public DateTimeOffset UtcNow => Clock + Elapsed;

    public TimeSpan Elapsed { get; private set; }

    public long PeakKibibytes => 4711;

    public TimeSpan InPrograms => TimeSpan.Zero;

    public void Pause(TimeSpan duration) => Elapsed += duration;

    /// <summary>A machine that starts again with the same disk, but with /var/run emptied.</summary>
    /// <param name="comesBack">
    /// Which of the names are there again that were removed and not flushed; a file without another name is empty then.
    /// </param>
    public FakeMachine Reboot(Func<string, bool>? comesBack = null)
    {
        var machine = new FakeMachine();
        var back = removed
            .Where(item => comesBack?.Invoke(item.Key) ?? false)
            .Select(item =>
                Files.ContainsValue(item.Value)
                    ? item
                    : new(item.Key, item.Value with { Content = [] })
            );
        foreach (var (path, file) in back.Concat(Files))
        {
            if (!path.StartsWith("/var/run/", StringComparison.Ordinal))
            {
                machine.Files[path] = file;
            }
        }

        machine.Clock = Clock;
        foreach (var (path, content) in Disks)
        {
            machine.Disks[path] = content;
        }

        foreach (var (program, function) in Programs)
        {
            machine.Programs[program] = function;
        }

        return machine;
    }

    public void Put(string path, string content, int mode = 0b110_100_100) =>
        Put(path, new FakeFile(Encoding.UTF8.GetBytes(content), mode, FileOwner.Root));

    public string? Text(string path) => Files.GetValueOrDefault(path)?.Text;

    public ProgramResult Run(
        string program,
        IReadOnlyList<string> arguments,
        TimeSpan limit,
        string? input = null
    )
    {
        EnsureOn();
        Input = input is null ? null : Files.GetValueOrDefault(input)?.Text;
        Log.Add($"run {program} {string.Join(' ', arguments)}");
        return Programs.TryGetValue(program, out var function)
            ? function(arguments)
            : new ProgramResult(ProgramResult.NotFound, "", "no such program");
    }

    public IReadOnlyList<string> Names(string folder) =>
        [
            .. Disks
                .Keys.Concat(Files.Keys)
                .Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal))
                .Select(path => path[(folder.Length + 1)..].Split('/')[0])
                .Distinct(),
        ];

    public IBlockSource? OpenDisk(string path) =>
        Disks.TryGetValue(path, out var content) ? new MemoryDisk(content) : null;

    public byte[]? Read(string path)
    {
        EnsureOn();
        return Files.GetValueOrDefault(path)?.Content;
    }

    public int? Mode(string path)
    {
        EnsureOn();
        return Files.GetValueOrDefault(path)?.Mode;
    }

    public void CreateFolder(string path, int? mode = null) =>
        Change($"folder {path} {mode}", () => { });

    public void Write(string path, ReadOnlySpan<byte> content, FileOwner owner, int mode)
    {
        var bytes = content.ToArray();
        Change(
            $"write {path}",
            () => Put(path, new FakeFile(bytes, mode, owner)),
            torn: () => Put(path, new FakeFile(bytes[..(bytes.Length / 2)], 0b110_000_000, owner))
        );
    }

    public void Link(string path, string secondPath) =>
        Change(
            $"link {path} {secondPath}",
            () =>
            {
                if (Files.ContainsKey(secondPath))
                {
                    throw new IOException($"{secondPath}: file exists");
                }

                Put(secondPath, Files[path]);
            }
        );

    public void Rename(string path, string newPath) =>
        Change(
            $"rename {path} {newPath}",
            () =>
            {
                var file = Files.GetValueOrDefault(path) ?? throw new FileNotFoundException(path);
                Put(newPath, file);
                Remove(path);
            }
        );

    public void Delete(string path) => Change($"delete {path}", () => Remove(path));

    /// <summary>Of folders alone: everything else here is on the disk at once.</summary>
    public void Flush(string path) =>
        Change(
            $"flush {path}",
            () =>
            {
                var flushed = removed.Keys.Where(name => Path.GetDirectoryName(name) == path);
                foreach (var name in ForgetsFlushes ? [] : flushed.ToList())
                {
                    removed.Remove(name);
                }
            }
        );

    /// <summary>Changes that a program makes count as changes too.</summary>
    public void Change(string description, Action action, Action? torn = null)
    {
        EnsureOn();
        if (Changes == PowerLossAt)
        {
            torn?.Invoke();
            isOff = true;
            throw new PowerLossException();
        }

        Changes++;
        Log.Add(description);
        if (Fails(description))
        {
            torn?.Invoke();
            throw new IOException($"{description}: no space left on device");
        }

        action();
    }

    private void Put(string path, FakeFile file)
    {
        Files[path] = file;
        removed.Remove(path);
    }

    private void Remove(string path)
    {
        if (Files.Remove(path, out var file))
        {
            removed[path] = file;
        }
    }

    private void EnsureOn()
    {
        if (isOff)
        {
            throw new PowerLossException();
        }
    }
}
