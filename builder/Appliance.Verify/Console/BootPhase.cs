namespace Appliance.Verify.Console;

/// <summary>The stages of a boot, in order.</summary>
public enum BootPhase
{
    /// <summary>From switching on.</summary>
    Firmware,

    /// <summary>FreeBSD's loader speaks.</summary>
    Loader,

    /// <summary>The kernel speaks.</summary>
    Kernel,

    /// <summary>/etc/rc runs.</summary>
    Rc,

    /// <summary>Our service runs.</summary>
    FirstBoot,

    /// <summary>The verdict is on the console.</summary>
    Verdict,

    /// <summary>getty asks for a name.</summary>
    Login,
}
