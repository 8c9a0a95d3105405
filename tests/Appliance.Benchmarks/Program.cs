using Appliance.Benchmarks;

// dotnet run -c Release --project tests/Appliance.Benchmarks -- [image|files|packages|closure] [runs] | edge [routes]
var runs = args.Length > 1 && int.TryParse(args[1], out var number) ? number : 5;
switch (args.FirstOrDefault() ?? "image")
{
    case "image":
        return await WholeImage.RunAsync(runs);
    case "files":
        return NumberOfFiles.Run();
    case "packages":
        return await PackageResolving.RunAsync(runs);
    case "edge":
        return await Edge.RunAsync(args.Length > 1 ? runs : 250_000);
    case "closure":
        return await PackageClosure.RunAsync(runs);
    case PackageResolving.Worker:
        return await PackageResolving.WorkAsync(args[1]);
    default:
        Console.Error.WriteLine(
            "usage: Appliance.Benchmarks [image|files|packages|closure] [runs] | edge [routes]"
        );
        return 64;
}
