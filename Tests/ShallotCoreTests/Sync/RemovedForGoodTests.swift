import BaseKit
import Foundation
import SessionConfig
import SessionWire
import ShallotStore
import SodiumKit
import Testing

@testable import ShallotCore

/// What was removed or hidden on one device, and what old messages do to it on another.
/// - Source: identity-and-messages.md §3.8, §7; configs.md §12
@Suite("What is gone stays gone, and nothing else goes") struct RemovedForGoodTests {
    private let clock = Twin.Clock()
    private let keys = AccountKeys.generate()
    private static let day: TimeInterval = 86_400

    // MARK: Requests

    @Test func `an account whose configs have expired gets every request that waited, pushing between the pages`()
        async throws
    {
        let tablet = try await Twin(keys, clock, isRestored: true)
        try await tablet.book.becomeReady()
        let strangers = (0..<3).map { _ in AccountKeys.generate() }
        for (number, stranger) in strangers.enumerated() {
            let old = clock.now - 10 * Self.day + Double(number)
            let page = [try tablet.text("hello \(number)", from: stranger, sent: old)]
            try await tablet.hears([.messages: page], more: number < 2)
            #expect(try await tablet.push()[.contacts] != nil)
            clock.advance(60)
        }
        let requests = try await tablet.store.allRequests().map(\.id)
        #expect(Set(requests) == Set(strangers.map { .account($0.accountID) }))
    }

    @Test func `people whom the contacts do not have stay away, however late their page comes`() async throws {
        let phone = try await Twin(keys, clock)
        try await phone.book.edit { editor in
            try editor.edit(.profileName("Anna"))
            try editor.change(AccountKeys.generate().accountID) { $0.isApproved = true }
        }
        let configs = try await phone.push()
        let known = clock.now
        clock.advance(3_600)
        let tablet = try await Twin(keys, clock, isRestored: true)
        try await tablet.hears(configs, more: true)
        try await tablet.book.becomeReady()
        let (removed, new) = (AccountKeys.generate(), AccountKeys.generate())
        try await tablet.hears([.messages: [try tablet.text("new", from: new, sent: known + 60)]], more: true)
        try await tablet.push()
        try await tablet.hears([.messages: [try tablet.text("old", from: removed, sent: known - 600)]])
        #expect(try await tablet.store.allRequests().map(\.id) == [.account(new.accountID)])
    }

    // MARK: Obsolete configs

    @Test func `an obsolete config is deleted each time that it turns up`() async throws {
        let phone = try await Twin(keys, clock)
        try await phone.book.edit { try $0.edit(.profileName("Anna")) }
        let old = try await phone.push()
        try await phone.book.edit { try $0.edit(.profileName("Anna B.")) }
        let tablet = try await Twin(keys, clock)
        try await tablet.hears(phone.push())
        let hashes = (old[.userProfile] ?? []).map(\.hash)
        // Another member of the swarm may get it after the first has deleted it.
        for _ in 0..<2 {
            try await tablet.hears(old)
            #expect(try await tablet.book.obsolete(besides: []) == hashes)
            try await tablet.book.forget(hashes)
        }
    }

    // MARK: Note to Self

    /// A phone with a note, and a tablet that has it too.
    private func pair() async throws -> (phone: Twin, tablet: Twin) {
        let phone = try await Twin(keys, clock)
        let tablet = try await Twin(keys, clock)
        try await phone.book.edit { editor in
            try editor.edit(.profileName("Anna"))
            try editor.edit(.noteToSelfPriority(-1))
        }
        try await tablet.hears(phone.push())
        return (phone, tablet)
    }

    private func hide(on device: Twin) async throws -> [Namespace: [StoredMessage]] {
        try await device.book.edit { try $0.removeConversation(device.own) }
        clock.advance(3)
        return try await device.push()
    }

    @Test func `notes that were hidden on one device are gone on the other, the late ones too`() async throws {
        let (phone, tablet) = try await pair()
        let first = try phone.text("first", sent: clock.now)
        for device in [phone, tablet] { try await device.hears([.messages: [first]]) }
        try await tablet.hears(phone.push())
        #expect(try await tablet.notes() == ["first"])
        clock.advance(10)
        // The tablet has not seen it yet when the phone hides them all.
        let late = try phone.text("late", sent: clock.now)
        try await phone.hears([.messages: [late]])
        let hiding = try await hide(on: phone)
        try await tablet.hears(hiding)
        try await tablet.hears([.messages: [late]])
        // Wrapped anew it is the same note.
        try await tablet.hears([.messages: [try phone.text("first", sent: clock.now - 13)]])
        for device in [phone, tablet] {
            #expect(try await device.notes().isEmpty)
            #expect(try await device.hidesNotes())
        }
        #expect(try await tablet.push().isEmpty, "nobody is told to show them again")
    }

    @Test func `a note that is later than the hiding shows them again, alone and everywhere`() async throws {
        let (phone, tablet) = try await pair()
        let first = try phone.text("first", sent: clock.now)
        for device in [phone, tablet] { try await device.hears([.messages: [first]]) }
        try await tablet.hears(phone.push())
        clock.advance(600)
        let hiding = try await hide(on: phone)
        clock.advance(600)
        try await tablet.hears([.messages: [try tablet.text("later", sent: clock.now)]])
        try await tablet.hears(hiding)
        #expect(try await tablet.notes() == ["later"])
        #expect(try await !tablet.hidesNotes())
        try await phone.hears(tablet.push())
        #expect(try await !phone.hidesNotes())
    }

    @Test func `a device that slept while notes were written and hidden does not bring them back`() async throws {
        let (phone, tablet) = try await pair()
        let note = try phone.text("passing", sent: clock.now)
        try await phone.hears([.messages: [note]])
        var all = try await phone.push()
        clock.advance(60)
        for (namespace, messages) in try await hide(on: phone) { all[namespace] = messages }
        all[.messages] = [note]
        try await tablet.hears(all)
        #expect(try await tablet.notes().isEmpty)
        #expect(try await tablet.hidesNotes())
        #expect(try await tablet.push().isEmpty)
    }

    @Test func `another change of the profile hides no note that its writer has not shown yet`() async throws {
        let (phone, tablet) = try await pair()
        let note = try tablet.text("offline", sent: clock.now)
        clock.advance(600)
        try await phone.book.edit { try $0.edit(.profileName("Anna B.")) }
        try await tablet.hears(phone.push())
        // The note is stored before the profile that shows it.
        try await tablet.hears([.messages: [note]])
        #expect(try await tablet.notes() == ["offline"])
        #expect(try await !tablet.hidesNotes())
    }

    @Test func `a restored account leaves hidden notes where they are`() async throws {
        let phone = try await Twin(keys, clock)
        try await phone.book.edit { editor in
            try editor.edit(.profileName("Anna"))
            try editor.edit(.noteToSelfPriority(-1))
        }
        let old = try phone.text("old", sent: clock.now - Self.day)
        let configs = try await phone.push()
        clock.advance(Self.day)
        let tablet = try await Twin(keys, clock, isRestored: true)
        try await tablet.hears(configs, more: true)
        try await tablet.book.becomeReady()
        try await tablet.hears([.messages: [old]], more: true)
        #expect(try await tablet.hidesNotes())
        try await tablet.hears([.messages: [try tablet.text("new", sent: clock.now)]], more: true)
        try await tablet.hears([.messages: [try tablet.text("old too", sent: clock.now - 2 * Self.day)]])
        #expect(try await tablet.notes() == ["new"])
        #expect(try await !tablet.hidesNotes())
    }
}
