import Foundation

await Program.run()
