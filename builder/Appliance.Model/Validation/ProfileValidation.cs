using Appliance.Model.Profiles;
using Appliance.Model.Reports;

namespace Appliance.Model.Validation;

/// <summary>All checks of a profile, topic by topic.</summary>
public static class ProfileValidation
{
    /// <summary>Adds the findings about what could be read of a profile; the report may already have others.</summary>
    public static void Validate(Profile profile, Report report)
    {
        SystemValidation.Validate(profile, report);
        LeaveOutValidation.Validate(profile, report);
        PartitionValidation.Validate(profile, report);
        DiskLayoutValidation.Validate(profile, report);
    }
}
