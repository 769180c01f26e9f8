extension EventCode {
    /// The journal's `MESSAGE_ID`, 128 bits as 32 hexadecimal digits; never changed once released.
    package var messageID: String {
        switch self {
        case .started: "0eeb5b6df2184e5c8b81f48c4be16f93"
        case .stopping: "3e8479db4f5247eb823b4ddd936c1d6b"
        case .stopped: "0584d25242e2420fb7b55f6683175e56"
        case .reloadDone: "1a11031d0e7140e5b2c726434b001714"
        case .reloadRefused: "84efcc12b93c482eb8131c7cc93410bc"
        case .restartNeeded: "7f5623645c044e639dacdd2f10f95987"
        case .cameraLost: "13ff9d6d6bdf4f8f9a917ebbf1ab14bd"
        case .cameraBack: "bdf464210c7843709ee2ad878a5b99cb"
        case .cameraRefused: "0b06bce2a287404180382dc4174155a1"
        case .cameraHung: "056c4865b7c24ea7b84d68f049d0535e"
        case .controlsDiffer: "a6d1d526c85d40749b977bac82c20bcb"
        case .controlsAgree: "d9fc06a90cec4d66bf2ab87efff80af6"
        case .replayFinished: "1de18f4af5f4445c9ca8e890a87868e2"
        case .framesSkipped: "f1ea4e7e54f147c59793e3149ea59ae4"
        case .framesDamaged: "714d6bcca07d4029991080500e1a8c7b"
        case .framesDamagedOver: "d8553e5202544d97b72f612bff29ed64"
        case .stampsDoubtful: "012f969587d340daa14ee28223b40a95"
        case .stampsDoubtfulOver: "97cb72f79cce4eafa354583cce6988f1"
        case .numbersRepeat: "31aae922e3074c08af98549acef106a5"
        case .numbersRepeatOver: "1be56a7eab5c4e5fae509cb7f3c3e7cd"
        case .imageFrozen: "4d51091419394f2ea52c36dd2e1f980e"
        case .imageFrozenOver: "7ac20790bd894260bc6d3620c9037e8e"
        case .imageBlack: "39b892c7972540fc9746c40be085d8c0"
        case .imageBlackOver: "6828d34b57da4ff887be018b5364e9d3"
        case .imageBlownOut: "1be04a53bd574f6bb2980518c15a8d63"
        case .imageBlownOutOver: "3ceac70ca0e1432682708d5c72610073"
        case .lightDrift: "1fdde4c42e8d421ba67523fe034d9f0d"
        case .lightDriftOver: "b9cbf84739c04abb96448b35465139be"
        case .setActivated: "b26fb61d43544a459393e12b5ae0c0ce"
        case .setRefused: "6a48fc3f7ddf4cc0a1fcdae47d1b96ec"
        case .setFetching: "0b41fd55dae54d4c93e21e9ae900be46"
        case .setFetched: "3ce1e7c2c4c24e7daa1d274d7a741317"
        case .setPrepared: "bd83a87bcb7e4889b6862069ef0aaba7"
        case .setRolledBack: "1c78818dacc5488288a7bbb3e5093f13"
        case .verdictMarked: "dfcd512cec554aecbb822b57f33658c0"
        case .precisionChosen: "83949685929c4cdd8655c6803fbd5259"
        case .modelFailed: "682749bfa45c484c862929718a58c959"
        case .workerStuck: "96ab53e2acaf41aa9b69ee2ff4cd3402"
        case .overload: "7dac75cb8a5a425ab3d45072c05dfbf4"
        case .overloadOver: "204adbdb9cd44d888c490b5c14bed233"
        case .brokerLost: "213f89d75b934a358f494e74c38058c9"
        case .brokerBack: "35bcaa02e0044f54987e624fb7a98b92"
        case .certificateEnding: "5f797bc1ec0140bfb88d243beb510e94"
        case .certificateRenewed: "bc62dce370904ef18ac6301e529697a8"
        case .secondWriter: "c2a7dce2b0684b01a3f4e7cb66481c70"
        case .secondWriterOver: "628555bd4eaa489697caeabae5aa7ad3"
        case .messagesDropped: "f618c912e6c9418d916a4661064d7746"
        case .messagesDroppedOver: "76cc30f3f67142ce9f18f104d714becc"
        case .outboxFailed: "8fb6609efdcc4297a74599559abafd9a"
        case .outboxWorks: "8e8ab8d28a264a358c5d26921e6fa138"
        case .outboxReplaced: "f32b816bea054d9d8c834d3b584dab21"
        case .watchdogWithheld: "8567da6bf5034586bc0b6b447e1a57f5"
        case .watchdogResumed: "0d9e752f955547b98f6ba77a5a638d10"
        }
    }

    package var severity: EventSeverity {
        switch self {
        case .started, .stopping, .stopped, .reloadDone, .cameraBack, .controlsAgree, .replayFinished, .setActivated,
            .setFetching, .setFetched, .setPrepared, .verdictMarked,
            .precisionChosen, .overloadOver, .brokerBack, .secondWriterOver, .messagesDroppedOver,
            .outboxWorks, .certificateRenewed, .watchdogResumed,
            .framesDamagedOver,
            .stampsDoubtfulOver,
            .numbersRepeatOver,
            .imageFrozenOver, .imageBlackOver, .imageBlownOutOver, .lightDriftOver:
            .notice
        case .reloadRefused, .restartNeeded, .cameraLost, .controlsDiffer, .framesSkipped, .setRefused, .setRolledBack,
            .overload,
            .brokerLost, .certificateEnding, .messagesDropped, .outboxFailed, .framesDamaged, .stampsDoubtful,
            .numbersRepeat,
            .lightDrift:
            .warning
        case .cameraRefused, .cameraHung, .modelFailed, .workerStuck, .imageFrozen, .imageBlack, .imageBlownOut,
            .secondWriter, .outboxReplaced:
            .error
        case .watchdogWithheld: .critical
        }
    }

    /// The constant sentence; what differs from case to case is in the fields beside it.
    package var message: String {
        switch self {
        case .started: "Station started"
        case .stopping: "Station stopping"
        case .stopped: "Station stopped"
        case .reloadDone: "Settings reloaded"
        case .reloadRefused: "Settings refused, the old ones stay in force"
        case .restartNeeded: "Changed settings wait for a restart"
        case .cameraLost: "Camera lost"
        case .cameraBack: "Camera back"
        case .cameraRefused: "Camera refused its settings"
        case .cameraHung: "Camera hangs in its driver"
        case .controlsDiffer: "Camera controls are not as they should be"
        case .controlsAgree: "Camera controls are as they should be again"
        case .replayFinished: "Replay finished"
        case .framesSkipped: "Frames skipped"
        case .framesDamaged: "Frames damaged"
        case .framesDamagedOver: "Frames whole again"
        case .stampsDoubtful: "Time stamps of frames doubtful"
        case .stampsDoubtfulOver: "Time stamps of frames sound again"
        case .numbersRepeat: "Numbers of frames repeat"
        case .numbersRepeatOver: "Numbers of frames rise again"
        case .imageFrozen: "Image frozen, every frame is the same"
        case .imageFrozenOver: "Image moves again"
        case .imageBlack: "Image black"
        case .imageBlackOver: "Image no longer black"
        case .imageBlownOut: "Image blown out"
        case .imageBlownOutOver: "Image no longer blown out"
        case .lightDrift: "Light drifted away from the support set's"
        case .lightDriftOver: "Light is the support set's again"
        case .setActivated: "Support set activated"
        case .setRefused: "Support set refused"
        case .setFetching: "Support set is being fetched"
        case .setFetched: "Support set fetched"
        case .setPrepared: "Support set prepared"
        case .setRolledBack: "Support set rolled back"
        case .verdictMarked: "Verdict marked"
        case .precisionChosen: "Precision chosen"
        case .modelFailed: "Model failed"
        case .workerStuck: "Worker stuck"
        case .overload: "Overload, frames wait longer than their deadline"
        case .overloadOver: "Overload is over"
        case .brokerLost: "Broker lost"
        case .brokerBack: "Broker back"
        case .certificateEnding: "A certificate of the broker's connection ends soon or cannot be used"
        case .certificateRenewed: "The certificates of the broker's connection are good"
        case .secondWriter: "Someone else speaks as this station"
        case .secondWriterOver: "Nobody else speaks as this station any more"
        case .messagesDropped: "Messages given up before the broker had them"
        case .messagesDroppedOver: "No more messages given up"
        case .outboxFailed: "Messages wait in memory, the disk does not take them"
        case .outboxWorks: "Messages are kept on disk again"
        case .outboxReplaced: "File of waiting messages damaged, a new one is in use"
        case .watchdogWithheld: "Watchdog withheld, the station makes no progress"
        case .watchdogResumed: "Watchdog resumed, the station makes progress again"
        }
    }
}
