// Figures of the test log that the Tessera project publishes (testdata/log at commit 1811ae1a): 15 leaves, a checkpoint after each, the key
// pair that was made for it. Digests stand for its files.
#pragma once

#include <string_view>

namespace litopys::testing {

inline constexpr std::string_view kTesseraVkey = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
// The seed of its key, published for tests: type byte 1 and 32 bytes.
inline constexpr std::string_view kTesseraSeed = "AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg";

inline constexpr std::string_view kTesseraLeaves[] = {"one",  "two", "three",  "four",  "five",     "six",     "seven", "eit",
                                                      "nain", "ten", "ileven", "twelf", "threeten", "fourten", "fivten"};

struct TesseraSize {
  std::string_view root;       // base64
  std::string_view signature;  // base64 of key id and signature
  std::string_view tile;       // SHA-256 of tile/0/000.p/N
  std::string_view bundle;     // SHA-256 of tile/entries/000.p/N
};
inline constexpr TesseraSize kTesseraSizes[] = {
    {"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
     "M9e0lhxJACzE1KoUdqKuPa+9p6R7dSW8BlEvrg/noo8FkGg6PbJoRNOcdjqjOq89wVvTA60eubCc4oufo5BvIVEgtQc=", "", ""},
    {"0Nc2CrefWKseHj/mStd+LqC8B+NrX0btIiPt2SmN+ek=",
     "M9e0lhr9kuLxGdAtaUrhm84TQffVsLdcy808sN0a3WyniNlfcr9+bywoiIke1YYciCNjJGkCgIlQ8b16jhsmg/SChAM=",
     "ccfdec58d220e811be8903398a8867fde33e93bba97faecad3315bd7c753bd2f",
     "217eb5c174b50240976ae2b9b7a2a213c8ebe7f525fde0f0ea7561adcb4794e1"},
    {"T1X2GdkhUjV3iyufF9b0kVsWFxIU0VI4EpNml2Teci4=",
     "M9e0llH4NKmlf0u7C8tkJioQOmi7l5ELqljXgKRg6R3G5JJ7vx7emDWo5fpqKuA/Dk/jRrI6il+7QCVirNhyUAWGoAk=",
     "59e16c84b7f06104607760ad7916b9535d578914c7f29ae5f51ad990e6a66113",
     "8d26204429edb13ff9b074af489a8e984bdccb3e0ea2ee1d531d5f19195b7d24"},
    {"Wqx3HImawpLnS/Gv4ubjAvi1WIOy0b8Ze0amvqbavKk=",
     "M9e0lvAQRtH832pk2RTbeSeZMkp4FZSdJYFBUjO5SKxuRbywPUF3cx+HUrb50kjd3rUWW/fj53Wj1dwcwh9bGQnqVAg=",
     "6168c234ffb69c4c34476551c18dfc6041752648b15012695bff139659d59c8a",
     "17872b3223966b3b743f99f79fab73e8d54556aa39adeb6918a5b84da91b9735"},
    {"zY1lN35vrXYAPixXSd59LsU29xUJtuW4o2dNNg5Y2Co=",
     "M9e0lnFuWt0cp60moO4jAkeXvMNLIIOGn4WdyeHQurBt9mBi0tWdfkldiAt9k0FpwuZymvttsVn9uwyouXU3vPpeNAc=",
     "9959e95e8017bc56a4dbaa0afda926b25a7b54c0ca055cff26f1093ab55f2da1",
     "0f19d664a8c5a97ae47831b162c04ed6a68de060759cc19cb82085d9bdc58c7c"},
    {"gy5gl3aksFyiCO95a/1vLXz88A3dRq+0l9Sxte8ZqZQ=",
     "M9e0lmn5eDHyHP10zJObZdFAX2y1V8fdDKBi4IiHbDYf1TCUBwxZOhqwv2QZCqrdda2zTRTrmnwjwscN5RBTEmZUYAs=",
     "cde9addac215d77831b3c28a05c63ee8679350a51760d2a63885af0d178716eb",
     "22c2e51f0b2aa8e6a9d3770d59942127a28da1376cfab9bec868c4ada07e83b7"},
    {"a6sWvsc2eEzmj72vah7mZ5dwFltivehh2b11qwlp5Jg=",
     "M9e0ln+nHSdGSHEZBcjvqyYDXDbG8WxDwCDjbbGAMv/NTynAtJWhckSXIpuwpN3yJ4PTtzUbD34YGqIZr6RgJRn16gU=",
     "1ef4dd027e37c71ac19b68502238c107b0370b6742119c278fddd0a4b75ed350",
     "51c4a9b199a7272c00d56d4f9e7346ca0ab68549ccd076484c7340a61dadb351"},
    {"IrSXADBqJ7EQoUODSDKROySgNveeL6CFhik2w/+fS7U=",
     "M9e0luA5JhTRUki/BBQD0QNiH6AEJ2pdtsA5CQjqJErViuuKrN6513RCTL2640wXJv0dCed3neRGI6dMzBq9uANf2Qc=",
     "7294908b09b009d5a476bcd8c2086466c4794ceacbc40f556b32280e1a012db4",
     "545bd03b5a0b5be95070fa06c2acd61bbb80c80702ca68e130fe06dfa289287b"},
    {"bC+VwvrJbalNVjfkdI8kUgs7mJoXrqiXCE7bgnD28pY=",
     "M9e0lq1EK37dHtgv9O3UzPxisw5vwIPcJsX9ab0xt4mvVfbdUR1fbMjN6sBFYpBoBEmD4+cWhj/AVgI5MitCO5+mews=",
     "92b3acf68d583ef1bfb61cf39bf9e89ff3cbe3e19f39fc698f50c91ab6360e59",
     "a4413f345504eb3637bcab7f9f188baaf7efe71fcd9d05cbf1cb9f850bd23aeb"},
    {"CvhHViE3S9E3htHLR+25mapWoGCJ3WckMq1UtC3VmEY=",
     "M9e0ls3mdnWX0qk4P3uGG0eYiFRWSwPR+RdeD1ARmrHPHjXP0x9UJWASPFTOTqJo0mp7Epck2O9RFB0J9IjDdAewagw=",
     "0acd41c3ef3e5db1efbcf9952282808aeedd41d12bd410d9e24395a0750e66c0",
     "eda107446820475a7382b1f3c34e0cb6833cbb976b183dd11de46ba607b9bff8"},
    {"y8/gZsZCtitsMan09tY+k8I7Qpr7Y5fbO2tLi9GQnfU=",
     "M9e0lrmwaVEOWFZ+HS5ITnRd2YMOSWE5QeoYu+6DHwJLnJ+SVeJ2ZiYeD7lVC5oGJx76gbfLSyCUEq6D8JkarrsuiQQ=",
     "6dcd13cc0a93d63bf0867206365aaf370de67c8f5488b149bc5e9f3925d86b54",
     "81330784e6e1b74137a76d17f894317e622a918a8a91c6c7005f228ae431f488"},
    {"Yok1cS5VdokGLBy73BC2I16b3atss6KBN9jnIi6Fz/A=",
     "M9e0lqbRtWirJwbUy4w3VrK2RyzfW8P+OIkc8t6b6AVG/tQd1Q2SN+uCLYzNNFnf/PhzeCdURSGQe1MRnohCxPu21wg=",
     "a17105d6da8c53a8051d85b9fbe52dc887478ec71aa61aa6601720b3e385d32f",
     "e4391087ee6b8f34bb4bdb292a590cbeb410f3ea03e60bb6d04fbd10448b322d"},
    {"uZo6M+IhVna+CLgWCrJs0xBPUHbozHkYTQASduHSLME=",
     "M9e0lrFzoTgi+ovhrqX0DpsEAp3wLu1coMLIkeCwSkGfS4Ox4pLXo2LHudqm4merh0ZkCNzHr8kQwq5gS5mmimIvdA4=",
     "9b8621625e84f41ca91f60c2c9068eefa2f7df8a4732a3da17c81c7ead22c7b7",
     "cbb703dd472823ec9c870229060474365f5f92f7ea1a4587541a72def784e5a3"},
    {"av0kLH0VkkVDrTuZzBGIx7d9z5G1l/GlKz/nAV/8woQ=",
     "M9e0liO8x8xfEOGmZVYODUjQajkEpjccPQ9EkG3yEEDet4K3BWE/DFRPH6H+b6gFFFaG5KS1bBmYS/xeZJs8lj+z+wM=",
     "e0e226249b7c08f78b9f20f1ec08dc2f625867632c4240e843b091480aa3820b",
     "0a0c8b26118fd8cc64c942ce11580a967c49bb494b931db9d8040736f4b8596a"},
    {"SvCd38yNade7xEPY1a/aAc1M3A2AHYVF8lIiUnsH1ao=",
     "M9e0lu8roIpjC+NXEG7JDkajIahoYDYWgxDtxfx/6rzLoztU9t/PvivZ48xt8ygJpjzaboSpkbVv3Jb+D3NdXWQf5wo=",
     "014a1bdd661336c4d00606431741c06d18fd02e9f5de72e020e794d9c84dfda5",
     "bb309a3d4f081ad2cafac932239a831a22eb8c839497f1d2ec383ef69da23927"},
    {"rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=",
     "M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=",
     "93593af14d2cce39867d2e73fe4ca400a38581605c5c4501a03e752d9b51a130",
     "9ac6a9fc9012f2b4d67ac26041933c119e1505defc5c808ed614c5778c9f1716"},
};

}  // namespace litopys::testing
