using System.Text;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Media;

namespace Appliance.FirstBoot.Tests.Fakes;

/// <summary>Files in memory, programs as functions, a clock that moves only when somebody waits.</summary>
internal sealed class FakeMachine : IMachine
{
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

    /// <summary>What the running program has on its standard input.</summary>
    public string? Input { get; private set; }

    /// <summary>Disks by the path of their device.</summary>
    public SortedDictionary<string, byte[]> Disks { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset UtcNow => DateTimeOffset.UnixEpoch + Elapsed;

    public TimeSpan Elapsed { get; private set; }

    public long PeakKibibytes => 4711;

    public TimeSpan InPrograms => TimeSpan.Zero;

    public void Pause(TimeSpan duration) => Elapsed += duration;

    /// <summary>A machine that starts again with the same disk, but with /var/run emptied.</summary>
    public FakeMachine Reboot()
    {
        var machine = new FakeMachine();
        foreach (var (path, file) in Files)
        {
            if (!path.StartsWith("/var/run/", StringComparison.Ordinal))
            {
                machine.Files[path] = file;
            }
        }

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
        Files[path] = new FakeFile(Encoding.UTF8.GetBytes(content), mode, FileOwner.Root);

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
            () => Files[path] = new FakeFile(bytes, mode, owner),
            torn: () =>
                Files[path] = new FakeFile(bytes[..(bytes.Length / 2)], 0b110_000_000, owner)
        );
    }

    public void Link(string path, string secondPath) =>
        Change(
            $"link {path} {secondPath}",
            () =>
            {
                if (!Files.TryAdd(secondPath, Files[path]))
                {
                    throw new IOException($"{secondPath}: file exists");
                }
            }
        );

    public void Rename(string path, string newPath) =>
        Change(
            $"rename {path} {newPath}",
            () =>
            {
                Files[newPath] = Files.TryGetValue(path, out var file)
                    ? file
                    : throw new FileNotFoundException(path);
                Files.Remove(path);
            }
        );

    public void Delete(string path) => Change($"delete {path}", () => Files.Remove(path));

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

    private void EnsureOn()
    {
        if (isOff)
        {
            throw new PowerLossException();
        }
    }
}
