import GtkKit

/// Grey shapes where rows will be: shown until the database has answered.
enum Skeleton {
    static let rows = 8

    static func fill(_ box: Box) {
        for index in 0..<rows {
            let row = Box(.horizontal, spacing: 12, role: .presentation)
            row.setSizeRequest(height: ConversationRowView.height)
            row.setMargins(start: 12, end: 12)
            let face = Box(.horizontal, role: .presentation)
            face.addClass("skeleton-face")
            face.setSizeRequest(width: 40, height: 40)
            face.valign = .center
            let lines = Box(.vertical, spacing: 10, role: .presentation)
            lines.valign = .center
            for width in [90 + index * 37 % 60, 150 + index * 53 % 80] {
                let line = Box(.horizontal, role: .presentation)
                line.addClass("skeleton-line")
                line.setSizeRequest(width: width, height: 10)
                line.halign = .start
                lines.append(line)
            }
            row.append(face, lines)
            box.append(row)
        }
    }
}
