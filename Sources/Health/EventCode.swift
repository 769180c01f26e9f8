/// What can happen that an operator or a plant system should know: one list for the journal, MQTT and the documents.
///
/// The raw value is the code in `ASSAY_CODE` and in event messages. `Systemd/assay.catalog` explains each code and what
/// to do about it.
package enum EventCode: String, CaseIterable, Codable, Sendable {
    case started
    case stopping
    case stopped
    case reloadDone = "reload_done"
    case reloadRefused = "reload_refused"
    case restartNeeded = "restart_needed"
    case cameraLost = "camera_lost"
    case cameraBack = "camera_back"
    case cameraRefused = "camera_refused"
    case cameraHung = "camera_hung"
    case controlsDiffer = "controls_differ"
    case controlsAgree = "controls_agree"
    case replayFinished = "replay_finished"
    case framesSkipped = "frames_skipped"
    case framesDamaged = "frames_damaged"
    case framesDamagedOver = "frames_damaged_over"
    case stampsDoubtful = "stamps_doubtful"
    case stampsDoubtfulOver = "stamps_doubtful_over"
    case numbersRepeat = "numbers_repeat"
    case numbersRepeatOver = "numbers_repeat_over"
    case imageFrozen = "image_frozen"
    case imageFrozenOver = "image_frozen_over"
    case imageBlack = "image_black"
    case imageBlackOver = "image_black_over"
    case imageBlownOut = "image_blown_out"
    case imageBlownOutOver = "image_blown_out_over"
    case lightDrift = "light_drift"
    case lightDriftOver = "light_drift_over"
    case setActivated = "set_activated"
    case setRefused = "set_refused"
    case setPrepared = "set_prepared"
    case setRolledBack = "set_rolled_back"
    case verdictMarked = "verdict_marked"
    case precisionChosen = "precision_chosen"
    case modelFailed = "model_failed"
    case workerStuck = "worker_stuck"
    case overload
    case overloadOver = "overload_over"
    case brokerLost = "broker_lost"
    case brokerBack = "broker_back"
    case certificateEnding = "certificate_ending"
    case certificateRenewed = "certificate_renewed"
    case secondWriter = "second_writer"
    case secondWriterOver = "second_writer_over"
    case messagesDropped = "messages_dropped"
    case watchdogWithheld = "watchdog_withheld"
    case watchdogResumed = "watchdog_resumed"
}
