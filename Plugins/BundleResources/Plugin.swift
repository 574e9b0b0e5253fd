import Foundation
import PackagePlugin

/// Compiles `Resources/` into one GResource and hands it to the app as a Swift constant, so that the program needs no
/// look-up of files at run time: the same bytes in a build folder, in tests and when installed.
@main struct BundleResources: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let resources = context.package.directoryURL.appending(path: "Resources")
        let output = context.pluginWorkDirectoryURL.appending(path: "BundledResources.swift")
        let bundle = context.pluginWorkDirectoryURL.appending(path: "shallot.gresource")
        let description = resources.appending(path: "shallot.gresource.xml")
        let script = """
            set -e
            glib-compile-resources --sourcedir='\(resources.path)' --target='\(bundle.path)' '\(description.path)'
            printf 'nonisolated let bundledResources: StaticString = "' > '\(output.path)'
            base64 -w0 '\(bundle.path)' >> '\(output.path)'
            printf '"\\n' >> '\(output.path)'
            """
        let inputs =
            (FileManager.default.enumerator(at: resources, includingPropertiesForKeys: [.isRegularFileKey])?
            .compactMap { $0 as? URL } ?? []).filter { !$0.hasDirectoryPath }
        return [
            .buildCommand(
                displayName: "Bundling the interface", executable: URL(fileURLWithPath: "/bin/sh"),
                arguments: ["-c", script],
                inputFiles: inputs, outputFiles: [output])
        ]
    }
}
