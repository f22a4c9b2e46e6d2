/** Korean, Japanese and Chinese, each with the spellings in Latin letters. */
export const korean = `
비밀번호 사랑해 사랑해요 사랑합니다 안녕 안녕하세요 안녕하십니까 대한민국 한국 우리나라 한글 사랑 내사랑 자기야 여보 여보야 엄마
아빠 엄마사랑해 아빠사랑해 엄마아빠 가족 우리가족 행복 행복해 행복하자 행복하세요 감사 감사합니다 고마워 미안해 친구 친구야 바보 바보야 멍청이 천사 공주 왕자
아기 강아지 고양이 토끼 호랑이 곰돌이 나비 별 하늘 바다 태양 달빛 꽃 장미 봄 여름 가을 겨울 서울 부산 대구 인천 광주 대전 제주도
축구 월드컵 붉은악마 화이팅 파이팅 아자아자 건강 건강하세요 부자 돈 대박 성공 희망 꿈 믿음 소망 하나님 예수님 예수 아멘 할렐루야 하느님
비번 암호 패스워드 관리자 사용자 로그인 테스트 모름 몰라 몰라요 비밀 비밀이야 개새끼 씨발 시발 병신 방탄소년단 방탄 블랙핑크 엑소 소녀시대
빅뱅 슈퍼주니어 동방신기 트와이스 아이유 김연아 손흥민 이순신 세종대왕 홍길동 김철수 철수 영희 민수 민지 지훈 지은 지민 정국 수진 은지 현우
서연 민준 서준 하준 지우 김지우 이민호 공부 학교 대학교 선생님 컴퓨터 인터넷 스타크래프트 리니지 메이플 짱 짱이야 최고 킹왕짱 가나다라 가나다라마바사
가나다라마바사아 아이러브유 일이삼사 하나둘셋 하나둘셋넷 월요일 화요일 수요일 목요일 금요일 토요일 일요일
`;
export const koreanInLatin = `
bimilbeonho bimil saranghae saranghaeyo salanghae annyeong annyeonghaseyo annyong daehanminguk hanguk hangook korea
oppa unnie eonni noona hyung eomma omma appa gamsahamnida kamsahamnida komawo gomawo mianhae chingu babo cheonsa
gongju aegi gangaji goyangi hwaiting fighting aja seoul busan bangtan bangtansonyeondan armybts btsarmy blackpink
exoexo suju ilovebts iloveexo jungkook jimin taehyung namjoon seokjin hoseok yoongi hanabi hanadulset minho minjun
`;
export const japanese = `
パスワード あいしてる 愛してる 愛している だいすき 大好き 大好きだよ すき 好き ありがとう こんにちは こんばんは おはよう おやすみ おやすみなさい さようなら
さくら 桜 日本 にほん にっぽん 東京 大阪 京都 北海道 富士山 あいうえお かきくけこ さしすせそ いろはにほへと あああああああ ひみつ 秘密 合言葉 暗証番号
わたし 私 ぼく 僕 おれ あなた かぞく 家族 おかあさん お母さん おとうさん お父さん ともだち 友達 しあわせ 幸せ へいわ 平和 きぼう 希望 ゆめ 夢 あい 愛
こころ 心 ひかり 光 そら 空 うみ 海 ほし 星 つき 月 たいよう 太陽 はな 花 ゆき 雪 はる 春 なつ 夏 あき 秋 ふゆ 冬 ねこ 猫 いぬ 犬 うさぎ 兎
くま パンダ ぺんぎん きつね たぬき ドラえもん ピカチュウ ポケモン ドラゴンボール ナルト ワンピース ルフィ 悟空 セーラームーン トトロ ジブリ ハローキティ きてぃ
まりお ゼルダ すし 寿司 らーめん さけ 酒 おちゃ お茶 にんじゃ 忍者 さむらい 侍 やきゅう 野球 サッカー 巨人 阪神タイガース がんばれ 頑張れ がんばって
頑張って よろしく よろしくお願いします はじめまして お願いします わすれた 忘れた わからない 分からない なんでもいい てすと テスト ログイン
管理者 ユーザー ゆうき 勇気 たろう 太郎 はなこ 花子 けんじ たくや ゆうすけ だいすけ ゆみ ゆき めぐみ あゆみ さとう 佐藤 すずき 鈴木 たかはし 高橋 たなか
田中 わたなべ 渡辺 いとう 伊藤 やまもと 山本 なかむら 中村 こばやし 小林 かとう 加藤 ばか バカ あほ くそ しね
`;
export const japaneseInLatin = `
pasuwado aishiteru aishiteiru aisiteru daisuki suki arigato arigatou konnichiwa konnitiwa konbanwa ohayo ohayou
oyasumi sayonara sayounara sakura nihon nippon tokyo toukyou osaka kyoto hokkaido fujisan aiueo kakikukeko irohanihoheto
himitsu himitu watashi boku ore anata kazoku okaasan otousan tomodachi shiawase heiwa kibou yume kokoro hikari hoshi
tsuki taiyou hana yuki haru natsu fuyu neko nekoneko inu usagi kuma doraemon pikachu pokemon naruto onepiece luffy goku
sailormoon totoro ghibli hellokitty kitty sushi ramen sake ninja samurai yakyuu ganbare ganbatte yoroshiku
hajimemashite wakaranai wasureta tarou hanako kenji takuya yusuke daisuke yumi megumi ayumi sato suzuki takahashi tanaka
watanabe ito yamamoto nakamura kobayashi kato bakabaka kuso senpai sensei kawaii oniichan
`;
export const chinese = `
密码 密碼 我的密码 我的密碼 新密码 我爱你 我愛你 我爱你们 我爱老婆 我爱中国 我愛台灣 爱你一万年 我爱你一万年 爱你一辈子 我爱你一辈子 爸爸妈妈我爱你 妈妈我爱你 爸爸我爱你 北京欢迎你 爱你一生一世 一生一世 永远爱你 永远 老婆 老公 老婆我爱你 宝贝 寶貝
亲爱的 親愛的 你好 你好吗 你好嗎 您好 大家好 中国 中國 中华人民共和国 中国加油 加油 北京 上海 广州 深圳 香港 台湾 台灣 台北 妈妈 媽媽 爸爸 爸爸妈妈 爸妈
家人 朋友 快乐 快樂 生日快乐 新年快乐 幸福 平安 健康 发财 發財 恭喜发财 恭喜發財 大吉大利 万事如意 一帆风顺 一路平安 福 喜 龙 虎 凤 熊猫 小猫 小狗 猪猪 小猪 天使 公主 王子
太阳 月亮 星星 天空 大海 花 雪 春天 夏天 秋天 冬天 春夏秋冬 东南西北 東南西北 梅兰竹菊 天地玄黄 金木水火土 琴棋书画 生老病死 酸甜苦辣 喜怒哀乐 赤橙黄绿青蓝紫 阿弥陀佛 南无阿弥陀佛 耶稣
孙悟空 孫悟空 诸葛亮 刘备 关羽 曹操 毛主席 毛泽东 李白 张三 李四 王五 王伟 李娜 张伟 王芳 刘洋 小明 小红 周杰伦 成龙 李小龙 姚明
芝麻开门 芝麻開門 不知道 不告诉你 忘记了 忘了 秘密 我的秘密 管理员 用户 登录 登錄 测试 測試 随便 不要 傻逼 混蛋 王八蛋 他妈的 操你妈 五二零 五二一 一二三 一二三四 一二三四五
一二三四五六 一二三四五六七 一二三四五六七八 一二三四五六七八九 一二三四五六七八九十 甲乙丙丁 子丑寅卯 好好学习天天向上 好好学习 天天向上 学习 學習 大学 学校 老师 老師 同学 电脑 手机 游戏 足球 音乐 英语 中文 汉语
`;
export const chineseInLatin = `
mima mimamima wodemima wodemima123 woaini woaini520 woaini1314 woaini521 woaini123 woainima iwoaini woaiwo woaiwojia aini ainiyiwannian aini1314 ai520 5201314
52013141 1314520 13145200 520520 521521 7758521 7758258 147258369 wang zhang laopo laogong laopowoaini baobei baobao qinaide nihao
nihaoma nihao123 ninhao dajiahao zhongguo zhonghua beijing shanghai guangzhou shenzhen xianggang taiwan taibei mama baba mamababa
babamama pengyou kuaile shengrikuaile xinniankuaile xingfu pingan jiankang facai gongxifacai jiayou zhongguojiayou daji wanshiruyi
yifanfengshun xiongmao xiaomao xiaogou zhuzhu xiaozhu gongzhu taiyang yueliang xingxing tiankong dahai chuntian
sunwukong zhugeliang liubei caocao maozedong libai zhangsan lisi wangwu wangwei lina zhangwei wangfang liuyang xiaoming
zhoujielun chenglong lixiaolong yaoming zhimakaimen buzhidao wangle mimi wodemimi guanliyuan ceshi suibian tamade caonima
shabi xuexi daxue xuexiao laoshi tongxue diannao shouji youxi zuqiu yinyue yingyu zhongwen hanyu asd123456 qwe123456 a123456789
qq123456 wo123456 aa123456 abc123456 zxc123456 qazwsx qq5201314 wangjun zhangjun lijun liuwei liwei chenwei zhanglei
wanglei liuyang liyang chenchen xiaoxiao jiushiwo haohao haohaoxuexi tiantianxiangshang
`;
