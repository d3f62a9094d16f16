using Hondo.Data;
using Hondo.Layers;
using Hondo.Serving;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Models among the services of an application.</summary>
public static class HondoServices
{
    /// <summary>
    /// A model that endpoints ask for by its type, <see cref="HondoModel"/>: one for all requests. Its file is read
    /// here, so that a wrong one stops the service when it starts and not at its first request.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="path">What <c>model.Save</c> or <c>hondo train</c> wrote.</param>
    /// <param name="configure">How requests are batched.</param>
    /// <exception cref="DataFormatException">The file is missing, damaged or no model.</exception>
    public static IServiceCollection AddHondoModel(this IServiceCollection services, string path,
        Action<HondoModelOptions>? configure = null) => services.AddSingleton(Load(path, configure));

    /// <summary>A model that was made in C#.</summary>
    /// <inheritdoc cref="AddHondoModel(IServiceCollection, string, Action{HondoModelOptions}?)"/>
    public static IServiceCollection AddHondoModel(this IServiceCollection services, Layer model,
        Action<HondoModelOptions>? configure = null) =>
        services.AddSingleton(new HondoModel(model, null, Options(configure)));

    /// <summary>One model of several, which endpoints ask for with <c>[FromKeyedServices("name")]</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">Its name.</param>
    /// <param name="path">What <c>model.Save</c> or <c>hondo train</c> wrote.</param>
    /// <param name="configure">How requests are batched.</param>
    /// <exception cref="DataFormatException">The file is missing, damaged or no model.</exception>
    public static IServiceCollection AddKeyedHondoModel(this IServiceCollection services, string name, string path,
        Action<HondoModelOptions>? configure = null) => services.AddKeyedSingleton(name, Load(path, configure));

    static HondoModel Load(string path, Action<HondoModelOptions>? configure) =>
        HondoModel.Load(path, Options(configure));

    static HondoModelOptions Options(Action<HondoModelOptions>? configure)
    {
        var options = new HondoModelOptions();
        configure?.Invoke(options);
        return options;
    }
}
