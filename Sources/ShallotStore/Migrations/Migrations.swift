import GRDB

/// The numbered, append-only steps from an empty file to today's schema. A step that was released is never edited.
enum Migrations {
    static let all: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1", migrate: Migration1.migrate)
        migrator.registerMigration("2", migrate: MigrationCalls.migrate)
        migrator.registerMigration("3", migrate: MigrationConfigs.migrate)
        migrator.registerMigration("4", migrate: MigrationKeptEdits.migrate)
        migrator.registerMigration("5", migrate: MigrationUnshown.migrate)
        return migrator
    }()
}
