{
  "targets": [
    {
      "target_name": "link",
      "sources": ["link.cc"],
      "include_dirs": [
        "<!(node sdk.js include)",
        "<!(node sdk.js modules/asio-standalone/asio/include)"
      ],
      "defines": ["NAPI_VERSION=8"],
      "cflags_cc!": ["-fno-exceptions"],
      "conditions": [
        ["OS=='linux'", {"defines": ["LINK_PLATFORM_LINUX=1"], "libraries": ["-pthread"]}],
        ["OS=='mac'", {
          "defines": ["LINK_PLATFORM_MACOSX=1"],
          "xcode_settings": {"GCC_ENABLE_CPP_EXCEPTIONS": "YES"}
        }],
        ["OS=='win'", {
          "defines": ["LINK_PLATFORM_WINDOWS=1", "_WIN32_WINNT=0x0A00"],
          "defines!": ["_HAS_EXCEPTIONS=0"],
          "libraries": ["iphlpapi.lib", "winmm.lib", "ws2_32.lib"],
          "msvs_settings": {"VCCLCompilerTool": {"ExceptionHandling": 1}}
        }]
      ]
    }
  ]
}
