namespace Appliance.Cli.Terminal;

/// <summary>Exit statuses of sysexits(3), and the shell's 130 for an interrupt.</summary>
public static class ExitCodes
{
    /// <summary>EX_OK.</summary>
    public const int Ok = 0;

    /// <summary>The command worked and found something wrong: a failed check of a running router.</summary>
    public const int Failed = 1;

    /// <summary>EX_USAGE: the command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>EX_DATAERR: an input file is wrong.</summary>
    public const int DataError = 65;

    /// <summary>EX_NOINPUT: an input file is missing or unreadable.</summary>
    public const int NoInput = 66;

    /// <summary>EX_UNAVAILABLE: a mirror or a program that is needed cannot be had.</summary>
    public const int Unavailable = 69;

    /// <summary>EX_SOFTWARE: a defect of this program.</summary>
    public const int Software = 70;

    /// <summary>EX_CANTCREAT: an output cannot be created.</summary>
    public const int CannotCreate = 73;

    /// <summary>EX_IOERR: reading or writing failed, as on a full disk.</summary>
    public const int InputOutput = 74;

    /// <summary>EX_NOPERM: only root may do this.</summary>
    public const int NoPermission = 77;

    /// <summary>128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
